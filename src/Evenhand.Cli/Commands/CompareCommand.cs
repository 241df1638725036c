using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand compare</c>: which of several studies found the better trade-offs.</summary>
internal static class CompareCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var studies = new Argument<string[]>("STUDY")
        {
            Description = "Two or more studies of one task, data and objective; the first is what others are held to.",
            Arity = ArgumentArity.OneOrMore,
        };
        var store = new StoreOptions(registry);
        var json = SharedOptions.Json();
        var command = new Command("compare", "Compare the trade-offs that studies found.")
        {
            studies, store.Extension, store.Store, json,
        };
        command.SetAction(parsed =>
        {
            using var library = store.Open(parsed);
            var records = parsed.GetRequiredValue(studies).Select(library.Find).ToArray();
            CheckDistinct(records);
            var leaderboards = Array.ConvertAll(records, record => StudyReader.Leaderboard(library, record));
            var comparison = StudyComparison.Of(leaderboards);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(output, writer => Write(writer, comparison));
            }
            else
            {
                Write(output, comparison);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    // A study may be named in several ways, such as by its experiment.
    private static void CheckDistinct(IReadOnlyList<StudyRecord> records)
    {
        if (records.CountBy(record => record.Name).FirstOrDefault(study => study.Value > 1).Key is { } twice)
        {
            throw new InputException(
                $"The study '{twice}' is named more than once; a comparison needs studies that differ. "
                + "'evenhand studies' lists them.");
        }
    }

    private static void Write(TextWriter output, StudyComparison comparison)
    {
        output.WriteLine($"Hypervolume of the trade-offs between {string.Join(" and ", comparison.Measures)}: the share "
            + "of the box between the best and the worst value of each that a study's trials dominate.");
        var first = comparison.Studies[0];
        ConsoleTable.Write(
            output,
            [
                ("study", false), ("trials", true),
                .. comparison.Measures.Select(m => ($"best {m}", true)),
                ("hypervolume", true), ("to the first", true), ("finalists", true),
                .. comparison.Measures.Select(m => ($"best test {m}", true)),
                ("test hypervolume", true), ("to the first", true),
            ],
            comparison.Studies.Select(s => (IReadOnlyList<string>)
            [
                s.Study,
                s.Trials.ToString(CultureInfo.InvariantCulture),
                .. comparison.Measures.Select(m => LeaderboardTable.Number(s.Best[m])),
                LeaderboardTable.Number(s.Hypervolume),
                Change(s.Hypervolume, first.Hypervolume),
                s.Finalists.ToString(CultureInfo.InvariantCulture),
                .. comparison.Measures.Select(m => LeaderboardTable.Number(s.TestBest[m])),
                LeaderboardTable.Number(s.TestHypervolume),
                Change(s.TestHypervolume, first.TestHypervolume),
            ]));
    }

    private static string Change(double value, double first) => value / first is var ratio && double.IsFinite(ratio)
        ? (ratio - 1).ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture)
        : "-";

    private static void Write(Utf8JsonWriter json, StudyComparison comparison)
    {
        json.WriteStartObject();
        json.WriteStartArray("measures");
        foreach (var measure in comparison.Measures)
        {
            json.WriteStringValue(measure);
        }

        json.WriteEndArray();
        json.WriteStartArray("studies");
        foreach (var study in comparison.Studies)
        {
            json.WriteStartObject();
            json.WriteString("study", study.Study);
            json.WriteNumber("trials", study.Trials);
            json.WriteNumber("finalists", study.Finalists);
            WriteFigures(json, "best", study.Best);
            WriteNumber(json, "hypervolume", study.Hypervolume);
            WriteFigures(json, "testBest", study.TestBest);
            WriteNumber(json, "testHypervolume", study.TestHypervolume);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> figures)
    {
        json.WriteStartObject(name);
        foreach (var (measure, value) in figures)
        {
            WriteNumber(json, measure, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
