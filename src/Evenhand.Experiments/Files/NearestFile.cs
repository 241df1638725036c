using Evenhand.Configuration;

namespace Evenhand.Experiments.Files;

/// <summary>Finds the file that a user most likely meant by a path at which there is none.</summary>
internal static class NearestFile
{
    /// <summary>A sentence such as <c> Did you mean 'own.yaml'?</c>, or nothing where no file of the folder has a near
    /// name.</summary>
    public static string Hint(string path, string pattern = "*")
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var siblings = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern)
                .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return NearestName.Of(Path.GetFileName(path), siblings) is { } name ? $" Did you mean '{name}'?" : "";
    }
}
