using System.Text.Json;
using Evenhand.Metrics;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Writes and reads the parts of the JSON contract that studies, leaderboards and audits share.</summary>
/// <remarks>Written by hand so that a leaderboard of 10,000 trials is read without reflection. An undefined figure is
/// null.</remarks>
internal static class FiguresJson
{
    private const int NameSlots = 256;

    [ThreadStatic]
    private static string?[]? t_names;

    public static void Write(Utf8JsonWriter json, MetricValue figure)
    {
        json.WriteStartObject();
        WriteNumber(json, "value", figure.Value);
        WriteNumber(json, "low", figure.Low);
        WriteNumber(json, "high", figure.High);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, MetricValue> figures)
    {
        json.WriteStartObject();
        WriteMembers(json, figures);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, MetricValue> figures)
    {
        foreach (var (name, figure) in figures)
        {
            json.WritePropertyName(name);
            Write(json, figure);
        }
    }

    /// <summary>Writes
    /// <c>{attribute: {group: {count, belowMinimum?, metric: value, bounds: {metric: {low, high}}}}}</c>.</summary>
    public static void Write(
        Utf8JsonWriter json, IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> attributes)
    {
        json.WriteStartObject();
        foreach (var (attribute, groups) in attributes)
        {
            json.WriteStartObject(attribute);
            foreach (var (group, figures) in groups)
            {
                json.WriteStartObject(group);
                json.WriteNumber("count", figures.Count);
                if (figures.BelowMinimum)
                {
                    json.WriteBoolean("belowMinimum", true);
                }

                foreach (var (metric, figure) in figures.Values)
                {
                    WriteNumber(json, metric, figure.Value);
                }

                json.WriteStartObject("bounds");
                foreach (var (metric, figure) in figures.Values)
                {
                    json.WriteStartObject(metric);
                    WriteNumber(json, "low", figure.Low);
                    WriteNumber(json, "high", figure.High);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, double value)
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

    public static void Write(Utf8JsonWriter json, TrialCost cost)
    {
        json.WriteStartObject();
        json.WriteNumber("fitSeconds", cost.FitSeconds);
        json.WriteNumber("predictionMicroseconds", cost.PredictionMicroseconds);
        json.WriteEndObject();
    }

    public static TrialCost ReadCost(ref Utf8JsonReader json)
    {
        ExpectObject(ref json);
        var (fit, prediction) = (double.NaN, double.NaN);
        while (NextProperty(ref json) is { } part)
        {
            var number = ReadNumber(ref json);
            (fit, prediction) = part == "fitSeconds" ? (number, prediction) : (fit, number);
        }

        return new TrialCost(fit, prediction);
    }

    /// <summary>Reads an object of figures; the reader stands on its start.</summary>
    public static Dictionary<string, MetricValue> ReadFigures(ref Utf8JsonReader json)
    {
        ExpectObject(ref json);
        var figures = new Dictionary<string, MetricValue>();
        while (NextProperty(ref json) is { } name)
        {
            figures[name] = ReadFigure(ref json);
        }

        return figures;
    }

    public static MetricValue ReadFigure(ref Utf8JsonReader json)
    {
        ExpectObject(ref json);
        double value = double.NaN, low = double.NaN, high = double.NaN;
        while (NextProperty(ref json) is { } part)
        {
            var number = ReadNumber(ref json);
            switch (part)
            {
                case "value":
                    value = number;
                    break;
                case "low":
                    low = number;
                    break;
                default:
                    high = number;
                    break;
            }
        }

        return new MetricValue(value, low, high);
    }

    /// <summary>Reads what
    /// <see cref="Write(Utf8JsonWriter, IReadOnlyDictionary{string, IReadOnlyDictionary{string, GroupFigures}})"/>
    /// wrote.</summary>
    public static Dictionary<string, IReadOnlyDictionary<string, GroupFigures>> ReadGroups(ref Utf8JsonReader json)
    {
        ExpectObject(ref json);
        var attributes = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>();
        while (NextProperty(ref json) is { } attribute)
        {
            ExpectObject(ref json);
            var groups = new Dictionary<string, GroupFigures>();
            while (NextProperty(ref json) is { } group)
            {
                groups[group] = ReadGroup(ref json);
            }

            attributes[attribute] = groups;
        }

        return attributes;
    }

    /// <summary>Moves to the value of the next property of the current object and returns its name; null at its
    /// end.</summary>
    public static string? NextProperty(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.PropertyName)
        {
            throw new JsonException($"A property was expected at byte {json.TokenStartIndex}.");
        }

        var name = Name(ref json);
        json.Read();
        return name;
    }

    /// <summary>Checks that the reader stands on the start of an object.</summary>
    /// <exception cref="JsonException">It does not.</exception>
    public static void ExpectObject(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"An object was expected at byte {json.TokenStartIndex}.");
        }
    }

    public static double ReadNumber(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null ? double.NaN : json.GetDouble();

    // The same few names stand in every evaluation: each is made a string once, not thousands of times.
    private static string Name(ref Utf8JsonReader json)
    {
        var text = json.ValueSpan;
        if (json.HasValueSequence || json.ValueIsEscaped || text.IsEmpty)
        {
            return json.GetString()!;
        }

        t_names ??= new string?[NameSlots];
        ref var known = ref t_names[((text.Length * 131) + (text[0] * 31) + text[^1]) % NameSlots];
        return known is not null && json.ValueTextEquals(known) ? known : known = json.GetString()!;
    }

    private static GroupFigures ReadGroup(ref Utf8JsonReader json)
    {
        ExpectObject(ref json);
        var count = 0;
        var belowMinimum = false;
        var values = new Dictionary<string, MetricValue>();
        while (NextProperty(ref json) is { } name)
        {
            switch (name)
            {
                case "count":
                    count = json.GetInt32();
                    break;
                case "belowMinimum":
                    belowMinimum = json.GetBoolean();
                    break;
                case "bounds":
                    ExpectObject(ref json);
                    while (NextProperty(ref json) is { } metric)
                    {
                        var bounds = ReadFigure(ref json);
                        values[metric] = values[metric] with { Low = bounds.Low, High = bounds.High };
                    }

                    break;
                default:
                    values[name] = new MetricValue(ReadNumber(ref json), double.NaN, double.NaN);
                    break;
            }
        }

        return new GroupFigures(count, belowMinimum, values);
    }
}
