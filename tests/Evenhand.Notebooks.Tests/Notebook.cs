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
}

/// <summary>One cell: its kind, its identifier, its source as one text.</summary>
internal sealed record NotebookCell(string Kind, string Id, string Source, JsonElement Json)
{
    public static NotebookCell Of(JsonElement cell) => new(
        cell.GetProperty("cell_type").GetString()!,
        cell.GetProperty("id").GetString()!,
        string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())),
        cell);
}
