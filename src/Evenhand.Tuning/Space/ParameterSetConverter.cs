using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenhand.Tuning.Space;

/// <summary>Writes a <see cref="ParameterSet"/> as a JSON object in its order, and reads it back.</summary>
public sealed class ParameterSetConverter : JsonConverter<ParameterSet>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is not an object of plain values, or a name is there twice.</exception>
    public override ParameterSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A set of parameters must be an object.");
        }

        var entries = new List<KeyValuePair<string, ParameterValue>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries.Add(KeyValuePair.Create(name, ParameterValueConverter.Read(ref reader)));
        }

        try
        {
            return new ParameterSet(entries);
        }
        catch (ArgumentException duplicate)
        {
            throw new JsonException(duplicate.Message, duplicate);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterSet value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach (var (name, parameter) in value.Entries)
        {
            writer.WritePropertyName(name);
            ParameterValueConverter.Write(writer, parameter);
        }

        writer.WriteEndObject();
    }
}
