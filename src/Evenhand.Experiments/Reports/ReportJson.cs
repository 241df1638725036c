using System.Text.Json;
using Evenhand.Experiments.Tables;

namespace Evenhand.Experiments.Reports;

/// <summary>Sections of a report as JSON, for programs and for the page.</summary>
public static class ReportJson
{
    /// <summary>Writes the property <c>sections</c>, an object with a member for each section under its key:
    /// <c>{title, text}</c>, <c>{title, columns, rows}</c> or <c>{title, figure}</c>. Writes nothing where there is no
    /// section.</summary>
    /// <param name="json">Where to: an object that is open.</param>
    /// <param name="sections">The sections.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyCollection<ReportSection> sections)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(sections);
        if (sections.Count == 0)
        {
            return;
        }

        json.WriteStartObject("sections");
        foreach (var section in sections)
        {
            json.WriteStartObject(section.Key);
            json.WriteString("title", section.Title);
            switch (section)
            {
                case TextSection text:
                    WriteTexts(json, "text", text.Paragraphs);
                    break;
                case TableSection table:
                    Write(json, table.Table);
                    break;
                case FigureSection figure:
                    json.WritePropertyName("figure");
                    json.WriteRawValue(figure.Figure.ToJson());
                    break;
                default:
                    throw new InvalidOperationException($"No JSON for {section.GetType().Name}.");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TextTable table)
    {
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("title", column.Title);
            json.WriteBoolean("alignRight", column.AlignRight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                json.WriteStringValue(cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
