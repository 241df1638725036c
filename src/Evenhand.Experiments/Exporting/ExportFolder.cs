using System.Text.Json.Nodes;
using Evenhand.Configuration;

namespace Evenhand.Experiments.Exporting;

/// <summary>A folder that is filled as a whole: beside its place first, then renamed.</summary>
/// <remarks>Into a folder that is there already the files are moved one by one, each whole, those of an earlier export
/// having gone before; <see cref="Manifest"/> comes last, so that a folder with it is complete.</remarks>
internal static class ExportFolder
{
    /// <summary>Name of the file that lists the others.</summary>
    public const string Manifest = "export.json";

    /// <summary>Says before long work what <see cref="Write"/> would say after it.</summary>
    /// <param name="folder">The folder that is to be written.</param>
    /// <param name="force">Whether it may hold something already.</param>
    /// <exception cref="InputException">It is a file, or not empty.</exception>
    public static void Check(string folder, bool force)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.Length == 0 || folder.Contains('\0'))
        {
            throw new InputException("An export needs the name of a folder, such as -o export.");
        }

        if (File.Exists(folder))
        {
            throw new InputException($"{folder}: this is a file; an export is a folder.");
        }

        if (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new InputException(
                $"{folder}: the folder is not empty. Name another one, or --force to put the export there: it takes "
                + "the place of an earlier export, and leaves other files as they are.");
        }
    }

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="force">Whether it may hold something already.</param>
    /// <param name="fill">Fills a new folder of which the path is given; the manifest must be among its files.</param>
    /// <exception cref="InputException">It is a file, or not empty, or cannot be written.</exception>
    public static void Write(string folder, bool force, Action<string> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        Check(folder, force);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = $"{target}.{Guid.NewGuid():N}{WholeFile.UnfinishedSuffix}";
        try
        {
            Directory.CreateDirectory(beside);
            fill(beside);
            if (Directory.Exists(target))
            {
                Replace(target, beside);
            }
            else
            {
                Directory.Move(beside, target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the export cannot be written: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    private static void Replace(string target, string beside)
    {
        DropEarlier(target);
        foreach (var file in Directory.EnumerateFiles(beside, "*", SearchOption.AllDirectories)
            .OrderBy(file => Path.GetFileName(file) == Manifest))
        {
            var path = Path.Combine(target, Path.GetRelativePath(beside, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(file, path, overwrite: true);
        }
    }

    // The files that an earlier export lists as its own. Its list goes first: what is left is no export any more.
    private static void DropEarlier(string target)
    {
        var manifest = Path.Combine(target, Manifest);
        if (!File.Exists(manifest))
        {
            return;
        }

        string[] files;
        try
        {
            files = [.. JsonNode.Parse(File.ReadAllText(manifest))!["files"]!.AsArray().Select(file => (string)file!)];
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException
            or NullReferenceException)
        {
            throw new InputException($"{manifest}: this is not the list of an export; name another folder.", e);
        }

        File.Delete(manifest);
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(target, file));
            if (path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }
}
