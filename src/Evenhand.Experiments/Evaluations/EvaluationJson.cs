using System.Buffers;
using System.Text;
using System.Text.Json;
using Evenhand.Metrics;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Evaluations;

/// <summary>The form in which a trial's evaluation is kept in the study: <c>{metrics, groups, fairness, constant?,
/// cost?}</c>.</summary>
internal static class EvaluationJson
{
    public static string Write(EvaluationFigures figures)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, figures);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, EvaluationFigures figures)
    {
        json.WriteStartObject();
        json.WritePropertyName("metrics");
        FiguresJson.Write(json, figures.Metrics);
        json.WritePropertyName("groups");
        FiguresJson.Write(json, figures.Groups);
        json.WritePropertyName("fairness");
        FiguresJson.Write(json, figures.Fairness);
        if (figures.Constant)
        {
            json.WriteBoolean("constant", true);
        }

        if (figures.Cost is { } cost)
        {
            json.WritePropertyName("cost");
            FiguresJson.Write(json, cost);
        }

        if (figures.Comparison is { } comparison)
        {
            json.WritePropertyName("comparison");
            ComparisonJson.Write(json, comparison);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what a trial's payload holds.</summary>
    /// <exception cref="JsonException">It is no evaluation.</exception>
    public static EvaluationFigures Read(string? payload)
    {
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(payload ?? ""));
            json.Read();
            return Read(ref json);
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            throw new JsonException($"The figures cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Whether a trial has figures that can be read, or did not complete and has none.</summary>
    public static bool IsSound(FinishedTrial trial)
    {
        try
        {
            return trial.State != TrialState.Complete || Read(trial.Payload) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether an error while figures were read comes from what stands there.</summary>
    public static bool IsDamage(Exception problem) => problem is JsonException or InvalidOperationException
        or FormatException or OverflowException or KeyNotFoundException;

    public static EvaluationFigures Read(ref Utf8JsonReader json)
    {
        var metrics = new Dictionary<string, MetricValue>();
        var groups = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>();
        var fairness = new Dictionary<string, MetricValue>();
        var constant = false;
        TrialCost? cost = null;
        ModelComparison? comparison = null;
        FiguresJson.ExpectObject(ref json);
        while (FiguresJson.NextProperty(ref json) is { } part)
        {
            switch (part)
            {
                case "metrics":
                    metrics = FiguresJson.ReadFigures(ref json);
                    break;
                case "groups":
                    groups = FiguresJson.ReadGroups(ref json);
                    break;
                case "fairness":
                    fairness = FiguresJson.ReadFigures(ref json);
                    break;
                case "constant":
                    constant = json.GetBoolean();
                    break;
                case "cost":
                    cost = FiguresJson.ReadCost(ref json);
                    break;
                case "comparison":
                    comparison = ComparisonJson.Read(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return new EvaluationFigures(metrics, groups, fairness)
        {
            Constant = constant,
            Cost = cost,
            Comparison = comparison,
        };
    }
}
