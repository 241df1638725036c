using System.Text.Json;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>Writes a <see cref="Leaderboard"/> as JSON: camelCase, null where a figure is undefined. The form is a
/// contract.</summary>
public static class LeaderboardJson
{
    /// <summary>Writes the leaderboard as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="leaderboard">What.</param>
    /// <param name="indented">Whether for people to read.</param>
    public static void Write(Stream stream, Leaderboard leaderboard, bool indented = true)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented });
        json.WriteStartObject();
        WriteMembers(json, leaderboard);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of the leaderboard's object, which is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(leaderboard);
        json.WriteString("study", leaderboard.Study);
        json.WriteString("experiment", leaderboard.Experiment);
        json.WriteString("task", leaderboard.Task);
        json.WriteStartObject("dataset");
        json.WriteString("name", leaderboard.Dataset.Name);
        json.WriteNumber("rows", leaderboard.Dataset.Rows);
        json.WriteString("sha256", leaderboard.Dataset.Sha256);
        json.WriteEndObject();
        WriteObjective(json, leaderboard.Objective);
        json.WriteStartObject("protocol");
        foreach (var (name, value) in leaderboard.Protocol)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WriteNumber(json, "best", leaderboard.Best);
        WriteNumber(json, "leastInfeasible", leaderboard.LeastInfeasible);
        WriteNumber(json, "mostAccurate", leaderboard.MostAccurate);
        WriteNumber(json, "fairest", leaderboard.Fairest);
        json.WriteString("verdict", leaderboard.Verdict);
        json.WriteString("headline", leaderboard.Headline);
        json.WriteStartArray("trials");
        foreach (var trial in leaderboard.Trials)
        {
            Write(json, leaderboard, trial);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one trial, as it stands in the leaderboard.</summary>
    public static void Write(Utf8JsonWriter json, Leaderboard leaderboard, LeaderboardTrial trial)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(leaderboard);
        ArgumentNullException.ThrowIfNull(trial);
        json.WriteStartObject();
        WriteNumber(json, "rank", trial.Rank);
        json.WriteNumber("number", trial.Number);
        json.WriteString("state", trial.State);
        json.WriteString("learner", trial.Learner);
        json.WriteStartObject("params");
        foreach (var (name, value) in trial.Params)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WritePropertyName("validation");
        FiguresJson.Write(json, trial.Validation);
        json.WritePropertyName("groups");
        FiguresJson.Write(json, trial.Groups);
        json.WritePropertyName("fairness");
        FiguresJson.Write(json, trial.Fairness);
        json.WritePropertyName("test");
        Write(json, trial.Test);
        FiguresJson.WriteNumber(json, "objective", trial.Objective ?? double.NaN);
        json.WriteBoolean("feasible", trial.Feasible);
        json.WriteBoolean("pareto", trial.Pareto);
        json.WriteBoolean("constant", trial.Constant);
        json.WriteString("role", TrialRoles.KeyOf(leaderboard, trial));
        WriteNames(json, "notes", [.. TrialNotes.Of(trial)]);
        json.WritePropertyName("priceOfFairness");
        Write(json, trial.PriceOfFairness);
        json.WriteNumber("seconds", trial.Seconds);
        json.WritePropertyName("cost");
        if (trial.Cost is { } cost)
        {
            FiguresJson.Write(json, cost);
        }
        else
        {
            json.WriteNullValue();
        }

        WriteNames(json, "servingAttributes", trial.ServingAttributes);
        json.WriteString("error", trial.Error);
        if (trial.Reports.Count > 0)
        {
            WriteCurves(json, trial.Reports);
        }

        json.WriteEndObject();
    }

    // A row for each measure: names stand there once.
    private static void WriteCurves(Utf8JsonWriter json, IReadOnlyList<TrialReport> reports)
    {
        json.WriteStartObject("curves");
        json.WriteStartArray("steps");
        foreach (var report in reports)
        {
            json.WriteNumberValue(report.Step);
        }

        json.WriteEndArray();
        json.WriteStartObject("measures");
        foreach (var name in TrialCurves.Names(reports))
        {
            json.WriteStartArray(name);
            foreach (var value in TrialCurves.Values(reports, name))
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumberValue(value);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteObjective(Utf8JsonWriter json, ObjectiveFacts objective)
    {
        json.WriteStartObject("objective");
        json.WriteString("kind", objective.Kind);
        json.WriteString("accuracy", objective.Accuracy);
        json.WriteBoolean("accuracyMaximize", objective.AccuracyMaximize);
        WriteNames(json, "fairness", objective.Fairness);
        WriteNames(json, "fairnessMaximize", objective.FairnessMaximize);
        WriteNames(json, "limits", objective.Limits);
        json.WriteString("text", objective.Text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TestFigures? test)
    {
        if (test is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        FiguresJson.WriteMembers(json, test.Metrics);
        json.WritePropertyName("groups");
        FiguresJson.Write(json, test.Groups);
        json.WritePropertyName("fairness");
        FiguresJson.Write(json, test.Fairness);
        json.WriteStartObject("drop");
        foreach (var (name, value) in test.Drop)
        {
            FiguresJson.WriteNumber(json, name, value);
        }

        json.WriteEndObject();
        if (test.Feasible is { } holds)
        {
            json.WriteBoolean("feasible", holds);
        }
        else
        {
            json.WriteNull("feasible");
        }

        WriteNames(json, "missedLimits", test.MissedLimits);
        json.WriteBoolean("constant", test.Constant);
        json.WritePropertyName("comparison");
        if (test.Comparison is { } comparison)
        {
            ComparisonJson.Write(json, comparison);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PriceOfFairness? price)
    {
        if (price is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("metric", price.Metric);
        FiguresJson.WriteNumber(json, "amount", price.Amount);
        FiguresJson.WriteNumber(json, "percent", price.Percent);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
