using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Configuration;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Studies;

/// <summary>The studies in one folder (<c>--store</c>): finds, lists and opens them.</summary>
public sealed partial class StudyLibrary : IDisposable
{
    private const string DatabaseName = "studies.db";

    private readonly string _folder;

    private StudyLibrary(string folder, StudyStorage storage, Registry registry)
    {
        _folder = folder;
        Registry = registry;
        Storage = storage;
    }

    /// <summary>What the names in the files of the studies stand for.</summary>
    public Registry Registry { get; }

    /// <summary>Where studies and finished trials are kept.</summary>
    public StudyStorage Storage { get; }

    /// <summary>Opens the folder to make studies and run them, and makes it where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registry">What the names in the files of the studies stand for.</param>
    /// <exception cref="InputException">It is a file, or cannot be made.</exception>
    /// <exception cref="StorageException">Its database cannot be opened or written to.</exception>
    public static StudyLibrary OpenOrCreate(string folder, Registry registry)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"The store '{folder}' is a file; --store names a folder.");
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The store '{folder}' cannot be made: {problem.Message} --store names a folder that may be written to.",
                problem);
        }

        return new StudyLibrary(folder, new SqliteStorage(Path.Combine(folder, DatabaseName)), registry);
    }

    /// <summary>Whether a folder holds studies.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, DatabaseName));

    /// <summary>Opens a folder that holds studies, to read them; it may lie where nothing can be written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registry">What the names in the files of the studies stand for.</param>
    /// <exception cref="InputException">It holds none.</exception>
    /// <exception cref="StorageException">Its database cannot be opened.</exception>
    public static StudyLibrary Open(string folder, Registry registry) => Open(folder, StorageAccess.Read, registry);

    /// <summary>Opens a folder that holds studies, to run them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="registry">What the names in the files of the studies stand for.</param>
    /// <exception cref="InputException">It holds none.</exception>
    /// <exception cref="StorageException">Its database cannot be opened or written to.</exception>
    public static StudyLibrary OpenToRun(string folder, Registry registry) =>
        Open(folder, StorageAccess.Write, registry);

    /// <summary>All studies, in the order in which they were made.</summary>
    public IReadOnlyList<StudyRecord> List() => Storage.ListStudies();

    /// <summary>The study of that name; else the latest study of the experiment of that name; <c>latest</c> is the
    /// newest of all.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public StudyRecord Find(string name) => TryFind(name) ?? throw new InputException(
        $"There is no study '{name}' in '{_folder}'.{NearestName.Hint(name, [.. List().Select(s => s.Name)])}");

    /// <summary>As <see cref="Find"/>; null where there is none.</summary>
    public StudyRecord? TryFind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var studies = List();
        var found = studies.FirstOrDefault(s => s.Name == name)
            ?? studies.LastOrDefault(s => s.Experiment == name || name == "latest");

        // A list is not checked: a damaged study is in no other's way.
        return found is null
            ? null
            : Storage.FindStudy(found.Name)
                ?? throw new InputException($"The study '{found.Name}' in '{_folder}' was deleted.");
    }

    /// <summary>Makes a study named after its experiment; the second one of an experiment ends in <c>-2</c>, and so
    /// on.</summary>
    /// <param name="experiment">Name of the experiment.</param>
    /// <param name="definition">What it is made from.</param>
    /// <param name="name">Another name for the study, or null.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="InputException">The given name is taken.</exception>
    public StudyRecord Create(string experiment, StudyDefinition definition, string? name, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var taken = List().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (name is not null && taken.Contains(name))
        {
            throw new InputException(
                $"There is a study '{name}' already. Continue it with 'evenhand resume {name}', or choose another "
                + "name.");
        }

        if (name?.Length > Experiment.LongestName)
        {
            throw new InputException(
                $"The name of the study has {name.Length} characters, which is too long for a folder: at most "
                + $"{Experiment.LongestName} are allowed.");
        }

        if (name is not null && !NameForm().IsMatch(name))
        {
            throw new InputException(
                $"'{name}' is no name for a study: small letters, digits and single hyphens between them, such as "
                + "fair-ratings-3.");
        }

        // Models and test figures that lie there already are another study's, whose database is gone.
        if (name is not null && HasFolder(name))
        {
            throw new InputException(
                $"'{Path.Combine(_folder, name)}' holds the files of a study that the store does not know. Choose "
                + "another name, or move them away.");
        }

        var unique = name ?? experiment;
        for (var number = 2; ; number++)
        {
            try
            {
                if (!taken.Contains(unique) && !HasFolder(unique))
                {
                    var record = new StudyRecord(unique, experiment, definition.ToJson(), now);
                    Storage.CreateStudy(record);
                    return record;
                }
            }
            catch (StorageException) when (name is null && Storage.FindStudy(unique) is not null)
            {
                // Another process has made one of that name since.
            }

            unique = $"{experiment}-{number}";
        }
    }

    /// <summary>The files of a study.</summary>
    /// <exception cref="InputException">Its name in the database is none that a study can have.</exception>
    public StudyFolder Folder(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return NameForm().IsMatch(study.Name)
            ? new StudyFolder(Path.Combine(_folder, study.Name))
            : throw new InputException(
                $"The store '{_folder}' is damaged: '{JsonEncodedText.Encode(study.Name)}' is no name that a study can "
                + "have. Restore the store from a copy.");
    }

    /// <inheritdoc/>
    public void Dispose() => Storage.Dispose();

    private static StudyLibrary Open(string folder, StorageAccess access, Registry registry) => IsAt(folder)
        ? new StudyLibrary(folder, new SqliteStorage(Path.Combine(folder, DatabaseName), access), registry)
        : throw new InputException(
            $"There are no studies in '{folder}'. 'evenhand run FILE' makes one; --store names another folder.");

    private bool HasFolder(string study) => Path.Exists(Path.Combine(_folder, study));

    // A study's name is the name of its folder.
    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NameForm();
}
