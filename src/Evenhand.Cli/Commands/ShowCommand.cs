using System.CommandLine;
using System.Globalization;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Metrics;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand show STUDY TRIAL</c>: everything known of one trial.</summary>
internal static class ShowCommand
{
    public static Argument<int> Trial() => new("TRIAL")
    {
        Description = "Number of the trial, as in the leaderboard.",
        CustomParser = result => SharedOptions.WholeNumber(result, 0),
    };

    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var trial = Trial();
        var store = new StoreOptions(registry);
        var json = SharedOptions.Json();
        var command = new Command("show", "Show one trial: parameters, every metric overall and by group.")
        {
            study, trial, store.Extension, store.Store, json,
        };
        command.SetAction(parsed =>
        {
            using var library = store.Open(parsed);
            var leaderboard = StudyReader.Leaderboard(library, library.Find(parsed.GetRequiredValue(study)));
            var number = parsed.GetRequiredValue(trial);
            var row = leaderboard.Trials.FirstOrDefault(t => t.Number == number)
                ?? throw StoredStudy.NoTrial(leaderboard.Study, number, leaderboard.Trials.Count);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(output, writer => LeaderboardJson.Write(writer, leaderboard, row));
            }
            else
            {
                Write(output, leaderboard, row);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(TextWriter output, Leaderboard leaderboard, LeaderboardTrial trial)
    {
        output.WriteLine($"Trial {trial.Number} of {leaderboard.Study}: {trial.Learner}");
        if (trial.Error is not null)
        {
            output.WriteLine($"failed: {trial.Error}");
            return;
        }

        if (trial.PrunedAfter is { } step)
        {
            output.WriteLine($"pruned after step {step}");
            WriteParameters(output, trial);
            WriteLast(output, trial.Reports[^1]);
            return;
        }

        output.WriteLine(trial.Rank is { } rank
            ? $"rank {rank} of {leaderboard.Trials.Count(t => t.Rank is not null)}"
                + (trial.Pareto ? ", on the Pareto front" : "") + (trial.Feasible ? "" : ", infeasible")
            : "no rank: the objective is undefined");
        foreach (var note in TrialNotes.Of(trial))
        {
            output.WriteLine(note);
        }

        WriteParameters(output, trial);
        if (trial.PriceOfFairness is { } price)
        {
            output.WriteLine($"price of fairness: {LeaderboardTable.Number(price.Amount)} {price.Metric}, "
                + $"{price.Percent.ToString("0.00", CultureInfo.InvariantCulture)} %");
        }

        if (trial.Cost is { } cost)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cost: {cost.FitSeconds:0.00} s to fit, {cost.PredictionMicroseconds:0.0} us for each prediction"));
        }

        if (trial.ServingAttributes.Count > 0)
        {
            output.WriteLine($"needs when in use: {string.Join(", ", trial.ServingAttributes)}");
        }

        WritePart(output, "validation", trial.Validation, trial.Fairness, trial.Groups);
        if (trial.Test is { } test)
        {
            WritePart(output, "test", test.Metrics, test.Fairness, test.Groups);
        }
    }

    private static void WriteParameters(TextWriter output, LeaderboardTrial trial)
    {
        foreach (var (name, value) in trial.Params)
        {
            output.WriteLine($"  {name} = {value}");
        }
    }

    private static void WriteLast(TextWriter output, TrialReport report)
    {
        output.WriteLine("validation part, as it was pruned:");
        foreach (var (name, value) in report.Measures)
        {
            output.WriteLine($"  {name} = {LeaderboardTable.Number(value)}");
        }
    }

    private static void WritePart(
        TextWriter output,
        string part,
        IReadOnlyDictionary<string, MetricValue> metrics,
        IReadOnlyDictionary<string, MetricValue> fairness,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> groups)
    {
        output.WriteLine();
        FiguresTable.Write(output, part, metrics, fairness, groups);
    }
}
