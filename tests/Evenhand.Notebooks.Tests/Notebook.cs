using System.Text.Json;

namespace Evenhand.Notebooks.Tests;

/// <summary>The cells of an .ipynb file.</summary>
internal sealed record Notebook(JsonElement Root, IReadOnlyList<NotebookCell> Cells)
{
    public static Notebook Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement.Clone();
        return new Notebook(root, [.. root.GetProperty("cells").EnumerateArray().Select(NotebookCell.Of)]);
    }

    public string KernelName => Root.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString()!;

    public IEnumerable<NotebookCell> Code => Cells.Where(c => c.Kind == "code");
}

/// <summary>One cell: its kind, its identifier, its source as one text.</summary>
internal sealed record NotebookCell(string Kind, string Id, string Source, JsonElement Json)
{
    public static NotebookCell Of(JsonElement cell) => new(
        cell.GetProperty("cell_type").GetString()!,
        cell.TryGetProperty("id", out var id) ? id.GetString()! : "",
        TextOf(cell.GetProperty("source")),
        cell);

    /// <summary>What stands under the cell, in order.</summary>
    public IReadOnlyList<CellOutput> Outputs =>
        [.. Json.GetProperty("outputs").EnumerateArray().SelectMany(CellOutput.Of)];

    /// <summary>A text of the format: one string, or its lines.</summary>
    public static string TextOf(JsonElement text) => text.ValueKind == JsonValueKind.Array
        ? string.Concat(text.EnumerateArray().Select(line => line.GetString()))
        : text.GetString()!;
}

/// <summary>What a cell showed.</summary>
/// <param name="Kind">The media type of a value; <c>stdout</c> or <c>stderr</c>, where a box with warnings would be;
/// <c>error</c>.</param>
/// <param name="Text">What a reader sees of it.</param>
internal sealed record CellOutput(string Kind, string Text)
{
    public static IEnumerable<CellOutput> Of(JsonElement output) =>
        output.GetProperty("output_type").GetString() switch
        {
            "stream" =>
                [new(output.GetProperty("name").GetString()!, NotebookCell.TextOf(output.GetProperty("text")))],
            "error" => [new("error", output.GetProperty("evalue").GetString()!)],
            _ => output.GetProperty("data").EnumerateObject()
                .Select(form => new CellOutput(form.Name, NotebookCell.TextOf(form.Value))),
        };
}
