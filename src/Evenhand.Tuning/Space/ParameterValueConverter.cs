using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenhand.Tuning.Space;

/// <summary>Writes a <see cref="ParameterValue"/> as a JSON number, truth value or string, and reads it back
/// unchanged.</summary>
public sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The token is null, an object or an array, or a number out of range.</exception>
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options) =>
        Write(writer, value);

    internal static ParameterValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return new ParameterValue(true);
            case JsonTokenType.False:
                return new ParameterValue(false);
            case JsonTokenType.String:
                return new ParameterValue(reader.GetString()!);
            case JsonTokenType.Number when reader.ValueSpan.IndexOfAny(".eE"u8) < 0
                && reader.TryGetInt64(out var integer):
                return new ParameterValue(integer);
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number):
                return new ParameterValue(number);
            default:
                throw new JsonException("The value of a parameter must be a finite number, a truth value or a text.");
        }
    }

    internal static void Write(Utf8JsonWriter writer, ParameterValue value)
    {
        switch (value.Kind)
        {
            case ParameterKind.Int:
                writer.WriteNumberValue(value.AsInt64);
                break;
            case ParameterKind.Float:
                var text = value.AsDouble.ToString("R", CultureInfo.InvariantCulture);
                writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text,
                    skipInputValidation: true);
                break;
            case ParameterKind.Bool:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            default:
                writer.WriteStringValue(value.AsString);
                break;
        }
    }
}
