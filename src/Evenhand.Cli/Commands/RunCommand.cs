using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Experiments.Reports.Sections;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand run FILE</c>: makes a study of an experiment file and runs it to its end.</summary>
internal static class RunCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var file = FileArgument();
        var name = new Option<string?>("--study")
        {
            Description = "Name of the study; else the experiment's.",
            HelpName = "NAME",
        };
        var html = SharedOptions.Html();
        var trials = SharedOptions.Trials();
        var time = SharedOptions.Time();
        var jobs = SharedOptions.Jobs();
        var seed = SharedOptions.Seed("Seed of everything random, instead of the file's.");
        var set = SharedOptions.Set();
        var store = new StoreOptions(registry, StoreOptions.BesideAFile);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("run", "Run an experiment file and show its leaderboard.")
        {
            file, name, trials, time, jobs, seed, set, store.Extension, store.Store, data, html, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SharedOptions.Prepare(parsed.GetValue(html));
            store.Check(parsed);
            var overrides = SharedOptions.Overrides(parsed, set, trials, time, jobs, seed);
            var plan = ExperimentPlan.Load(
                parsed.GetRequiredValue(file), registry.Value, overrides, parsed.GetValue(data));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var listener = new RunReporter(progress, plan);
            var loaded = ExperimentData.Load(plan, parsed.GetValue(data), listener, cancellationToken);

            using var library = store.OpenOrCreate(parsed);
            var definition = plan.Define(loaded.Facts);
            var study = library.Create(plan.Experiment.Name, definition, parsed.GetValue(name), DateTimeOffset.UtcNow);
            progress.Line($"study {study.Name}, in {library.Address}");
            var leaderboard = await new ExperimentRunner(plan, loaded, listener)
                .RunAsync(library, study, cancellationToken);
            progress.Dispose();
            return Finish(parsed, library.Artifacts(study), leaderboard, parsed.GetValue(html), parsed.GetValue(json));
        });
        return command;
    }

    public static Argument<string> FileArgument() => new("FILE") { Description = "An experiment file (YAML)." };

    /// <summary>Prints the leaderboard of a finished run and says where its page is.</summary>
    public static int Finish(
        ParseResult parsed, StudyArtifacts artifacts, Leaderboard leaderboard, string? html, bool json)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        if (html is not null)
        {
            LeaderboardPage.Write(html, leaderboard);
        }

        if (json)
        {
            JsonOutput.Write(output, (Stream stream) => LeaderboardReport.WriteJson(stream, leaderboard));
        }
        else
        {
            LeaderboardCommand.Print(output, leaderboard);
        }

        // A store may keep the page elsewhere than in a file; 'leaderboard --format html' writes it anew.
        var page = html ?? artifacts.LeaderboardPage;
        if (File.Exists(page))
        {
            error.WriteLine($"leaderboard page: {page}");
        }

        if (leaderboard.Trials.All(t => t.State == "failed"))
        {
            error.WriteLine(leaderboard.Trials.Count == 0
                ? "evenhand: the budget ended before any trial did."
                : $"evenhand: every trial failed; the first said: {leaderboard.Trials[0].Error}");
            return ExitCodes.Failure;
        }

        // The table's heading says which figure is undefined and why; with --json this line is all that does.
        if (leaderboard is { Best: null, LeastInfeasible: null } && !leaderboard.Trials.Any(t => t.Pareto))
        {
            error.WriteLine($"evenhand: {leaderboard.Verdict}");
            return ExitCodes.Failure;
        }

        return ExitCodes.Success;
    }
}
