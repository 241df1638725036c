using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>The values of one attribute of a trace: numbers, or text (categories, ISO dates, labels).</summary>
/// <remarks>A number that is not finite becomes <c>null</c> in JSON, which Plotly draws as a gap.</remarks>
[JsonConverter(typeof(PlotlyDataConverter))]
public readonly record struct PlotlyData
{
    private PlotlyData(ImmutableArray<double> numbers, ImmutableArray<string> text)
    {
        Numbers = numbers;
        Text = text;
    }

    /// <summary>The numbers; default where the values are text.</summary>
    public ImmutableArray<double> Numbers { get; }

    /// <summary>The text; default where the values are numbers.</summary>
    public ImmutableArray<string> Text { get; }

    /// <summary>How many values there are.</summary>
    public int Count => !Numbers.IsDefault ? Numbers.Length : !Text.IsDefault ? Text.Length : 0;

    /// <summary>Values that are numbers.</summary>
    /// <exception cref="ArgumentNullException">There is no sequence.</exception>
    public static PlotlyData Of(IEnumerable<double> numbers) => new([.. Checked(numbers)], default);

    /// <summary>Values that are text.</summary>
    /// <exception cref="ArgumentNullException">There is no sequence.</exception>
    public static PlotlyData Of(IEnumerable<string> text) => new(default, [.. Checked(text)]);

    /// <summary>Values that are numbers.</summary>
    public static implicit operator PlotlyData(double[] numbers) => Of(numbers);

    /// <summary>Values that are text.</summary>
    public static implicit operator PlotlyData(string[] text) => Of(text);

    /// <summary>Same kind, same values, same order.</summary>
    public bool Equals(PlotlyData other) => Same(Numbers, other.Numbers) && Same(Text, other.Text);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var number in Numbers.IsDefault ? [] : Numbers)
        {
            hash.Add(number);
        }

        foreach (var text in Text.IsDefault ? [] : Text)
        {
            hash.Add(text, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    private static IEnumerable<T> Checked<T>(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values;
    }

    private static bool Same<T>(ImmutableArray<T> a, ImmutableArray<T> b) =>
        a.IsDefault == b.IsDefault && (a.IsDefault || a.AsSpan().SequenceEqual(b.AsSpan()));
}

internal sealed class PlotlyDataConverter : JsonConverter<PlotlyData>
{
    public override PlotlyData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Figures are written as JSON and never read back.");

    public override void Write(Utf8JsonWriter writer, PlotlyData value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in value.Numbers.IsDefault ? [] : value.Numbers)
        {
            if (double.IsFinite(number))
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        foreach (var text in value.Text.IsDefault ? [] : value.Text)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
