using System.Text.RegularExpressions;
using Evenhand.Data;
using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>The studies in one folder (<c>--store</c>): finds, lists and opens them.</summary>
public sealed partial class StudyLibrary : IDisposable
{
    /// <summary>Bytes that the name of a study may have: a file system allows 255 for the name of its folder, and a
    /// number may follow.</summary>
    internal const int LongestName = 200;

    private const string DatabaseName = "studies.db";

    private readonly string _folder;

    private StudyLibrary(string folder, StudyStorage storage)
    {
        _folder = folder;
        Storage = storage;
    }

    /// <summary>Where studies and finished trials are kept.</summary>
    public StudyStorage Storage { get; }

    /// <summary>Opens the folder, and makes it where it is missing.</summary>
    /// <exception cref="InputException">It is a file.</exception>
    public static StudyLibrary OpenOrCreate(string folder)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"The store '{folder}' is a file; --store names a folder.");
        }

        Directory.CreateDirectory(folder);
        return new StudyLibrary(folder, new SqliteStorage(Path.Combine(folder, DatabaseName)));
    }

    /// <summary>Whether a folder holds studies.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, DatabaseName));

    /// <summary>Opens a folder that holds studies.</summary>
    /// <exception cref="InputException">It holds none.</exception>
    public static StudyLibrary Open(string folder) => IsAt(folder)
        ? OpenOrCreate(folder)
        : throw new InputException(
            $"There are no studies in '{folder}'. 'evenhand run FILE' makes one; --store names another folder.");

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
        return studies.FirstOrDefault(s => s.Name == name)
            ?? studies.LastOrDefault(s => s.Experiment == name || name == "latest");
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

        if (name?.Length > LongestName)
        {
            throw new InputException(
                $"The name of the study has {name.Length} characters, which is too long for a folder: at most "
                + $"{LongestName} are allowed.");
        }

        if (name is not null && !NameForm().IsMatch(name))
        {
            throw new InputException(
                $"'{name}' is no name for a study: small letters, digits and single hyphens between them, such as "
                + "fair-ratings-3.");
        }

        var unique = name ?? experiment;
        for (var number = 2; taken.Contains(unique); number++)
        {
            unique = $"{experiment}-{number}";
        }

        var record = new StudyRecord(unique, experiment, definition.ToJson(), now);
        Storage.CreateStudy(record);
        return record;
    }

    /// <summary>The files of a study.</summary>
    public StudyFolder Folder(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return new StudyFolder(Path.Combine(_folder, study.Name));
    }

    /// <inheritdoc/>
    public void Dispose() => Storage.Dispose();

    // A study's name is the name of its folder.
    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NameForm();
}
