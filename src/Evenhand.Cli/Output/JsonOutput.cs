using System.Text;
using System.Text.Json;

namespace Evenhand.Cli.Output;

/// <summary>Prints JSON to standard output: indented, UTF-8, one line end behind it.</summary>
internal static class JsonOutput
{
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        write(json);
    });

    /// <summary>Prints rows as an array of objects.</summary>
    public static void WriteRows(
        TextWriter output, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows) =>
        Write(output, json =>
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < heading.Count; i++)
                {
                    json.WriteString(heading[i], row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static void Write(TextWriter output, Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
