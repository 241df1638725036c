using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Attention as JSON.</summary>
public static class AttentionJson
{
    /// <summary>Writes attention as an object, with every weight: by layer, head, attending and attended
    /// piece.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="row">Row of the text in its file, from 1; null where it is of none.</param>
    /// <param name="attention">The attention.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter json, int? row, TextAttention attention)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(attention);
        json.WriteStartObject();
        if (row is { } number)
        {
            json.WriteNumber("row", number);
        }

        json.WriteString("text", attention.Text);
        json.WriteNumber("readLength", attention.ReadLength);
        json.WriteNumber("layers", attention.Layers);
        json.WriteNumber("heads", attention.Heads);
        json.WriteStartArray("pieces");
        foreach (var piece in attention.Pieces)
        {
            json.WriteStartObject();
            json.WriteString("token", piece.Token);
            json.WriteNumber("start", piece.Start);
            json.WriteNumber("end", piece.End);
            json.WriteBoolean("mark", piece.IsMark);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("weights");
        for (var layer = 0; layer < attention.Layers; layer++)
        {
            json.WriteStartArray();
            for (var head = 0; head < attention.Heads; head++)
            {
                json.WriteStartArray();
                for (var from = 0; from < attention.Pieces.Count; from++)
                {
                    // As one line: indented, each number would have its own.
                    json.WriteRawValue(Row(attention.Weights(layer, head, from)), skipInputValidation: true);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Row(ReadOnlySpan<float> weights)
    {
        var row = new StringBuilder("[");
        foreach (var weight in weights)
        {
            row.Append(row.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{weight}");
        }

        return row.Append(']').ToString();
    }
}
