using System.Text;
using System.Text.Json;

namespace Evenhand.Cli.Output;

/// <summary>Prints JSON to standard output: indented, UTF-8, one line end behind it. Characters that could steer a
/// terminal are escaped in it as they are.</summary>
internal static class JsonOutput
{
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        write(json);
    });

    /// <summary>Prints rows as an array of objects.</summary>
    public static void WriteRows(
        TextWriter output, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<object>> rows) =>
        Write(output, json =>
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < heading.Count; i++)
                {
                    json.WritePropertyName(heading[i]);
                    Write(json, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static void Write(TextWriter output, Action<Stream> write)
    {
        output = ScreenWriter.Beneath(output);
        if (output is StreamWriter file)
        {
            file.Flush();
            write(file.BaseStream);
        }
        else
        {
            using var buffer = new MemoryStream();
            write(buffer);
            output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }

        output.WriteLine();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        if (value is double number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue((string)value);
        }
    }
}
