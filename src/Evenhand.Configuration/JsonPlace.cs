using System.Globalization;
using System.Text.Json;

namespace Evenhand.Configuration;

/// <summary>A value in a JSON file that knows where it stands, so that whoever finds it wrong can say so.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Path">Keys from the root, such as <c>model.vocab</c>; empty at the root.</param>
/// <param name="Value">The value.</param>
public readonly record struct JsonPlace(string File, string Path, JsonElement Value)
{
    private const int ShownCharacters = 60;

    /// <summary>The root of a file.</summary>
    /// <exception cref="InputException">The file cannot be read or is not JSON.</exception>
    public static JsonPlace Load(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new JsonPlace(file, "", JsonSerializer.Deserialize<JsonElement>(stream));
        }
        catch (JsonException e)
        {
            throw new InputException(
                file, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, "not JSON; expected a JSON object.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The value of a key; null where it is missing or null.</summary>
    public JsonPlace? Find(string key)
    {
        Require(JsonValueKind.Object, "an object");
        return Value.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPlace(File, Below(key), value)
            : null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public JsonPlace Get(string key) =>
        Find(key) ?? throw new InputException(File, 0, 0, $"'{Below(key)}' is missing.");

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Key, JsonPlace Value)> Members()
    {
        Require(JsonValueKind.Object, "an object");
        var place = this;
        return Value.EnumerateObject().Select(m =>
        {
            var key = place.Decode(() => m.Name);
            return (key, place with { Path = place.Below(key), Value = m.Value });
        });
    }

    /// <summary>The elements of an array.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        Require(JsonValueKind.Array, "an array");
        var place = this;
        return Value.EnumerateArray().Select((v, i) => place with { Path = $"{place.Path}[{i}]", Value = v });
    }

    /// <summary>The text.</summary>
    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        var value = Value;
        return Decode(() => value.GetString()!);
    }

    /// <summary>A whole number from 0 to a largest one.</summary>
    public int Whole(int largest) => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number)
        && number >= 0 && number <= largest
        ? number
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {largest}"));

    /// <summary>True or false.</summary>
    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Value.GetBoolean()
        : throw Error("true or false");

    /// <summary>The text of a key; null where it is missing or null.</summary>
    public string? Text(string key) => Find(key)?.Text();

    /// <summary>The flag of a key; null where it is missing or null.</summary>
    public bool? Flag(string key) => Find(key)?.Flag();

    /// <summary>What to throw where something else was expected here.</summary>
    public InputException Error(string expected)
    {
        var shown = Value.GetRawText();
        shown = shown.Length <= ShownCharacters ? shown : $"{shown[..ShownCharacters]}...";
        return new InputException(
            File, 0, 0, $"{(Path.Length == 0 ? "its content" : $"'{Path}'")} is {shown}; expected {expected}.");
    }

    // JSON can escape halves of surrogate pairs, which are no text.
    private string Decode(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Error("valid Unicode");
        }
    }

    private string Below(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private void Require(JsonValueKind kind, string expected)
    {
        if (Value.ValueKind != kind)
        {
            throw Error(expected);
        }
    }
}
