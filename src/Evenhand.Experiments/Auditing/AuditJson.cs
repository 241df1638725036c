using System.Text.Json;
using Evenhand.Experiments.Evaluations;

namespace Evenhand.Experiments.Auditing;

/// <summary>Writes an audit as JSON, in the shape that metrics and groups have in a leaderboard.</summary>
public static class AuditJson
{
    /// <summary>Writes <c>{rows, metrics, groups, fairness}</c> as UTF-8.</summary>
    public static void Write(Stream stream, int rows, EvaluationFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("rows", rows);
        json.WritePropertyName("metrics");
        FiguresJson.Write(json, figures.Metrics);
        json.WritePropertyName("groups");
        FiguresJson.Write(json, figures.Groups);
        json.WritePropertyName("fairness");
        FiguresJson.Write(json, figures.Fairness);
        json.WriteEndObject();
    }
}
