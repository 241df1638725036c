namespace Evenhand.Plots.Tests;

/// <summary>Compares text with a file under Snapshots/, so that a change to what is rendered is seen in review.</summary>
internal static class FigureSnapshot
{
    public static void Verify(string name, string actual)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Snapshots");
        var expected = Path.Combine(folder, name);
        if (File.Exists(expected) && File.ReadAllText(expected).ReplaceLineEndings("\n").TrimEnd('\n') == actual)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var received = Path.Combine(folder, $"received.{name}");
        File.WriteAllText(received, actual + "\n");
        Assert.Fail($"{name} differs from what was rendered. If the change is meant: cp {received} Snapshots/{name}");
    }
}
