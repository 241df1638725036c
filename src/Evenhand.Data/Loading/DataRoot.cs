using Evenhand.Configuration;
using Evenhand.Data.Catalogue;

namespace Evenhand.Data.Loading;

/// <summary>The folder that holds the data sets, one folder each.</summary>
public static class DataRoot
{
    /// <summary>Name of the environment variable that names the folder.</summary>
    public const string Variable = "EVENHAND_DATA";

    /// <summary>Finds the folder: the given path, else <c>EVENHAND_DATA</c>, else <c>data</c> or <c>../shared/data</c>
    /// of the current folder, else of a folder above the program.</summary>
    /// <returns>The full path, or null where there is none.</returns>
    /// <exception cref="InputException">A folder is named, by argument or variable, that does not exist.</exception>
    public static string? Find(string? explicitPath = null)
    {
        if (explicitPath is not null)
        {
            return Existing(explicitPath, "The data folder");
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Existing(named, $"{Variable}: the data folder");
        }

        return Below(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);
    }

    /// <summary>Where data sets are put where no data folder is found: <c>data</c> in the current folder.</summary>
    internal static string ForWriting(string? explicitPath)
    {
        var named = explicitPath ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(named) ? Find() ?? Path.GetFullPath("data") : Path.GetFullPath(named);
    }

    private static string Existing(string path, string what) => Directory.Exists(path)
        ? Path.GetFullPath(path)
        : throw new InputException($"{what} '{path}' does not exist.");

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Below(folder.FullName) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // Many folders are named 'data': one is taken where it holds a set of the catalogue.
    private static string? Below(string folder) =>
        new[] { Path.Combine(folder, "data"), Path.Combine(folder, "..", "shared", "data") }
            .Where(HoldsSets)
            .Select(Path.GetFullPath)
            .FirstOrDefault();

    private static bool HoldsSets(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateDirectories(folder).Any(d => DataCatalogue.IsKnown(Path.GetFileName(d)));
}
