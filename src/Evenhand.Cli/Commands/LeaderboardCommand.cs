using System.CommandLine;
using System.Globalization;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Reports;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Experiments.Reports.Sections;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand leaderboard STUDY</c>: ranks the trials of a study, in any form.</summary>
internal static class LeaderboardCommand
{
    private const int DefaultTop = 20;

    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var store = new StoreOptions(registry);
        var json = SharedOptions.Json();
        var format = SharedOptions.Choice(
            "--format", "Form of the leaderboard.", "table", "json", "csv", "markdown", "html");
        var top = new Option<int?>("--top")
        {
            Description = $"Show the first N trials only; the table shows {DefaultTop} unless told.",
            HelpName = "N",
            CustomParser = result => SharedOptions.OptionalWholeNumber(result, 1),
        };
        var all = new Option<bool>("--all") { Description = "Show every trial and every metric in the table." };
        var file = SharedOptions.Output("Write to a file.");
        var command = new Command("leaderboard", "Rank the trials of a study: fair against accurate.")
        {
            study, format, top, all, file, store.Extension, store.Store, json,
        };
        command.SetAction(parsed =>
        {
            SharedOptions.Prepare(parsed.GetValue(file));
            using var library = store.Open(parsed);
            var form = parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(format);
            var everything = parsed.GetValue(all);
            var count = parsed.GetValue(top) ?? (form == "table" && !everything ? DefaultTop : null);
            var shown = StudyReader.Leaderboard(library, library.Find(parsed.GetRequiredValue(study)), count);
            if (parsed.GetValue(file) is { } path)
            {
                using var text = new StringWriter(CultureInfo.InvariantCulture);
                Write(new ScreenWriter(text, isTerminal: false), shown, form, count, everything);
                WholeFile.Write(path, text.ToString());
                parsed.InvocationConfiguration.Error.WriteLine($"Wrote {path}");
            }
            else
            {
                Write(parsed.InvocationConfiguration.Output, shown, form, count, everything);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Prints the report of a leaderboard, and says how much of it is not shown.</summary>
    public static void Print(
        TextWriter output, Leaderboard leaderboard, int? top = DefaultTop, bool everyMetric = false)
    {
        ReportScreen.Write(output, Report(leaderboard, top, everyMetric));
        var (shown, trials) = (leaderboard.Top(top).Count, leaderboard.Trials.Count + leaderboard.OmittedTrials);
        if (shown < trials)
        {
            output.WriteLine($"{shown} of {trials} trials; --all shows every one.");
        }
    }

    private static Report Report(Leaderboard leaderboard, int? top, bool everyMetric) => LeaderboardReport.Of(
        leaderboard, new LeaderboardReportOptions { Top = top, EveryMetric = everyMetric });

    private static void Write(TextWriter output, Leaderboard leaderboard, string form, int? top, bool all)
    {
        switch (form)
        {
            case "json":
                JsonOutput.Write(output, (Stream stream) => LeaderboardReport.WriteJson(stream, leaderboard));
                break;
            case "csv":
                output.Write(LeaderboardTable.ForComputing(leaderboard).ToCsv());
                break;
            case "markdown":
                output.Write(ReportMarkdown.Write(Report(leaderboard, null, all)));
                break;
            case "html":
                LeaderboardPage.Write(ScreenWriter.ForPrograms(output), leaderboard);
                break;
            default:
                Print(output, leaderboard, top, all);
                break;
        }
    }
}
