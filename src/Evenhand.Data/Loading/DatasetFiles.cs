using Evenhand.Configuration;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Loading;

/// <summary>The files that a load reads: where they lie, and their checksums.</summary>
internal sealed class DatasetFiles
{
    private readonly string _folder;
    private readonly LoadOptions _options;
    private readonly DatasetDescriptor _descriptor;

    /// <summary>Finds the files.</summary>
    /// <exception cref="InputException">The folder or a file is not there, or there is no such part.</exception>
    public DatasetFiles(DatasetDescriptor descriptor, LoadOptions options)
    {
        _descriptor = descriptor;
        _options = options;
        _folder = FindFolder(descriptor, options.DataRoot);
        OfRows = Locate(ChoosePart(descriptor, options.Part));
        OfUsers = descriptor.Users is { } users ? Locate(users.Files) : [];
        OfItems = descriptor.Items is { } items ? Locate(items.Files) : [];
    }

    /// <summary>Files of the rows with their full paths.</summary>
    public IReadOnlyList<(FileDescriptor File, string Path)> OfRows { get; }

    /// <summary>Files of the users.</summary>
    public IReadOnlyList<(FileDescriptor File, string Path)> OfUsers { get; }

    /// <summary>Files of the items.</summary>
    public IReadOnlyList<(FileDescriptor File, string Path)> OfItems { get; }

    /// <summary>The checksum of all files together; see <see cref="FileHashes.Combine"/>.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Computes the checksums.</summary>
    /// <returns>A note for each file that differs from the one the descriptor knows.</returns>
    public List<string> CheckHashes()
    {
        var notes = new List<string>();
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, path) in OfRows.Concat(OfUsers).Concat(OfItems))
        {
            if (hashes.ContainsKey(file.Path))
            {
                continue;
            }

            var hash = hashes[file.Path] = FileHashes.OfFile(path, _options.CancellationToken);
            if (file.Sha256 is { } known && known != hash)
            {
                notes.Add($"{path} is not the file that the descriptor '{_descriptor.Name}' knows: "
                    + $"its SHA-256 is {hash}, expected {known}.");
            }
        }

        Sha256 = FileHashes.Combine([.. hashes.Select(h => (h.Key, h.Value))]);
        return notes;
    }

    private static string FindFolder(DatasetDescriptor descriptor, string? dataRoot)
    {
        if (descriptor.Folder is { } own)
        {
            return own;
        }

        var root = DataRoot.Find(dataRoot) ?? throw new InputException(
            $"The data set '{descriptor.Name}' needs a data folder, and none was found: name one with --data or "
            + $"{DataRoot.Variable}, or put the files into ./data/{descriptor.BaseName}. {HowToGet(descriptor)}");
        var folder = Path.Combine(root, descriptor.BaseName);
        return Directory.Exists(folder) ? folder : throw new InputException(
            $"The data set '{descriptor.Name}' is not in the data folder: {folder} does not exist. "
            + HowToGet(descriptor));
    }

    private static string HowToGet(DatasetDescriptor descriptor) => descriptor.Downloads.Count > 0
        ? $"'evenhand data get {descriptor.BaseName}' fetches it from its publisher."
        : descriptor.Obtain;

    private static IReadOnlyList<FileDescriptor> ChoosePart(DatasetDescriptor descriptor, string? part)
    {
        var files = descriptor.Rows.Files;
        if (part is null)
        {
            return files;
        }

        var chosen = files.Where(f => f.Part == part).ToList();
        var parts = files.Select(f => f.Part).OfType<string>().Distinct().ToList();
        return chosen.Count > 0 ? chosen : throw new InputException(parts.Count == 0
            ? $"The data set '{descriptor.Name}' is not in parts, so there is no part '{part}'."
            : $"The data set '{descriptor.Name}' has no part '{part}'.{NearestName.Hint(part, parts)}");
    }

    private List<(FileDescriptor, string)> Locate(IReadOnlyList<FileDescriptor> files) =>
        [.. files.Select(f => (f, Existing(Path.GetFullPath(Path.Combine(_folder, f.Path)))))];

    private string Existing(string path)
    {
        InputFile.RequirePlain(path);
        return File.Exists(path)
            ? path
            : throw new InputException(path, 0, 0, $"the file does not exist. {HowToGet(_descriptor)}".TrimEnd());
    }
}
