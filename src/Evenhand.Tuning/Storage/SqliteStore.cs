using Evenhand.Configuration;
using Evenhand.Tuning.Artifacts;

namespace Evenhand.Tuning.Storage;

/// <summary>Stores whose studies are in a <see cref="SqliteStorage"/> and whose artifacts are files.</summary>
/// <remarks>
/// <code>
/// FOLDER            studies in FOLDER/studies.db, artifacts in FOLDER
/// sqlite:FILE       studies in FILE, artifacts in FILE-artifacts; of FOLDER/studies.db the same as FOLDER
/// </code>
/// </remarks>
public static class SqliteStore
{
    private const string DatabaseName = "studies.db";

    /// <summary>A store that is a folder.</summary>
    public static StorageDescriptor Folder { get; } = StorageDescriptor.Of(
        StorageAddress.FolderScheme,
        "FOLDER",
        address => File.Exists(Path.Combine(FolderOf(address), DatabaseName)),
        (address, access) =>
        {
            var folder = FolderOf(address);
            if (access == StorageAccess.Create)
            {
                Make(folder, address, File.Exists(folder));
            }

            return Open(Path.Combine(folder, DatabaseName), access, folder);
        });

    /// <summary>A store that is a database file of any name.</summary>
    public static StorageDescriptor Database { get; } = StorageDescriptor.Of(
        "sqlite",
        "sqlite:FILE",
        address => File.Exists(FileOf(address)),
        (address, access) =>
        {
            var file = Path.GetFullPath(FileOf(address));
            var folder = Path.GetDirectoryName(file)!;
            if (access == StorageAccess.Create)
            {
                Make(folder, address, isFile: false);
            }

            return Open(file, access, Path.GetFileName(file) == DatabaseName ? folder : $"{file}-artifacts");
        });

    private static StudyStore Open(string file, StorageAccess access, string artifacts) =>
        new(new SqliteStorage(file, access), new FolderArtifacts(artifacts));

    private static string FolderOf(StorageAddress address) => address.Rest is { Length: > 0 } folder
        ? folder
        : throw new InputException($"The store '{address}' names no folder.");

    private static string FileOf(StorageAddress address) =>
        address.Rest.Length == 0
            ? throw new InputException($"The store '{address}' names no file; a database file is sqlite:FILE.")
        : Directory.Exists(address.Rest)
            ? throw new InputException(
                $"The store '{address}' is a folder; a database file is sqlite:FILE, a folder --store {address.Rest}.")
        : address.Rest;

    private static void Make(string folder, StorageAddress address, bool isFile)
    {
        if (isFile)
        {
            throw new InputException($"The store '{address}' is a file; --store names a folder, or sqlite:FILE.");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The store '{address}' cannot be made: {problem.Message} --store names a folder that may be written "
                + "to.",
                problem);
        }
    }
}
