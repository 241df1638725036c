using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evenhand.Experiments.Documentation;

/// <summary>Writes JSON that is read by people: what fits stands in one line, lists of words fill
/// theirs.</summary>
internal static class JsonLayout
{
    private const int Width = 120;
    private const int Indent = 2;

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, with a line break at its end.</summary>
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node, 0, 0);
        return text.Append('\n').ToString();
    }

    // Before: columns of the line that are taken already.
    private static void Append(StringBuilder text, JsonNode? node, int depth, int before)
    {
        var line = InLine(node);
        if (before + line.Length < Width || node is not (JsonObject or JsonArray))
        {
            text.Append(line);
            return;
        }

        if (node is JsonArray words && words.All(word => word is JsonValue))
        {
            Fill(text, words, depth + Indent);
            return;
        }

        var entries = node is JsonObject members
            ? members.Select(member => ($"{Quoted(member.Key)}: ", member.Value))
            : node.AsArray().Select(item => ("", item));
        text.Append(node is JsonObject ? '{' : '[');
        var separator = "";
        foreach (var (key, value) in entries)
        {
            Break(text.Append(separator), depth + Indent).Append(key);
            Append(text, value, depth + Indent, depth + Indent + key.Length);
            separator = ",";
        }

        Break(text, depth).Append(node is JsonObject ? '}' : ']');
    }

    private static void Fill(StringBuilder text, JsonArray words, int depth)
    {
        var column = Width;
        text.Append('[');
        foreach (var (index, word) in words.Index())
        {
            var shown = InLine(word) + (index < words.Count - 1 ? "," : "");
            if (column + 1 + shown.Length > Width)
            {
                Break(text, depth);
                column = depth;
            }
            else
            {
                text.Append(' ');
                column++;
            }

            text.Append(shown);
            column += shown.Length;
        }

        Break(text, depth - Indent).Append(']');
    }

    private static StringBuilder Break(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth);

    private static string InLine(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members =>
            $"{{ {string.Join(", ", members.Select(member => $"{Quoted(member.Key)}: {InLine(member.Value)}"))} }}",
        JsonArray { Count: > 0 } items => $"[{string.Join(", ", items.Select(InLine))}]",
        null => "null",
        _ => node.ToJsonString(Plain),
    };

    private static string Quoted(string key) => JsonValue.Create(key).ToJsonString(Plain);
}
