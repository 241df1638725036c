namespace Evenhand.Learning.Text.Features;

/// <summary>Lists that are part of the assembly: one entry a line, empty lines and those after # left out.</summary>
internal static class TextResource
{
    public static IEnumerable<string> Lines(string name)
    {
        var stream = typeof(TextResource).Assembly.GetManifestResourceStream($"Evenhand.Learning.Text.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks '{name}'.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
