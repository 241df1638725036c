using System.Text.Json;
using System.Text.RegularExpressions;
using Evenhand.Configuration;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Studies;

/// <summary>The studies in one store (<c>--store</c>): finds, lists and opens them.</summary>
public sealed partial class StudyLibrary : IDisposable
{
    private readonly StorageAddress _address;
    private readonly StudyStore _store;

    private StudyLibrary(StorageAddress address, StudyStore store, Registry registry)
    {
        _address = address;
        _store = store;
        Registry = registry;
    }

    /// <summary>What the names in the files of the studies stand for.</summary>
    public Registry Registry { get; }

    /// <summary>Address of the store, for messages: a password is left out.</summary>
    public string Address => _address.ToString();

    /// <summary>Where studies and finished trials are kept.</summary>
    public StudyStorage Storage => _store.Storage;

    /// <summary>Opens a store to make studies and run them, and makes it where it is missing.</summary>
    /// <param name="store">Address of the store: a folder, or <c>SCHEME:REST</c>.</param>
    /// <param name="registry">What the names in the files of the studies stand for.</param>
    /// <param name="storages">Knows the storages; null: the registry does.</param>
    /// <exception cref="InputException">There is no such storage, or the store cannot be made.</exception>
    /// <exception cref="StorageException">It cannot be opened or written to.</exception>
    public static StudyLibrary OpenOrCreate(string store, Registry registry, Registry? storages = null)
    {
        var (address, storage) = Locate(store, storages ?? registry);
        return new StudyLibrary(address, storage.Open(address, StorageAccess.Create), registry);
    }

    /// <summary>Opens a store that holds studies, to read them; it may lie where nothing can be written.</summary>
    /// <inheritdoc cref="OpenOrCreate" path="/param"/>
    /// <exception cref="InputException">There is no such storage, or no store.</exception>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static StudyLibrary Open(string store, Registry registry, Registry? storages = null) =>
        TryOpen(store, registry, storages) ?? throw Missing(store);

    /// <summary>As <see cref="Open"/>; null where there is no store.</summary>
    /// <inheritdoc cref="Open"/>
    public static StudyLibrary? TryOpen(string store, Registry registry, Registry? storages = null) =>
        TryOpen(store, StorageAccess.Read, registry, storages);

    /// <summary>Opens a store that holds studies, to run them.</summary>
    /// <inheritdoc cref="OpenOrCreate" path="/param"/>
    /// <exception cref="InputException">There is no such storage, or no store.</exception>
    /// <exception cref="StorageException">It cannot be opened or written to.</exception>
    public static StudyLibrary OpenToRun(string store, Registry registry, Registry? storages = null) =>
        TryOpen(store, StorageAccess.Write, registry, storages) ?? throw Missing(store);

    /// <summary>Says before long work what would be wrong with an address after it.</summary>
    /// <param name="store">Address of a store, which need not exist.</param>
    /// <param name="storages">Knows the storages.</param>
    /// <exception cref="InputException">There is no such storage, or no store can be there.</exception>
    public static void CheckAddress(string store, Registry storages)
    {
        var (address, storage) = Locate(store, storages);
        storage.Exists(address);
    }

    /// <summary>All studies, in the order in which they were made.</summary>
    public IReadOnlyList<StudyRecord> List() => Storage.ListStudies();

    /// <summary>The study of that name; else the latest study of the experiment of that name; <c>latest</c> is the
    /// newest of all.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public StudyRecord Find(string name) => TryFind(name) ?? throw new InputException(
        $"There is no study '{name}' in '{_address}'.{NearestName.Hint(name, [.. List().Select(s => s.Name)])}");

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
                ?? throw new InputException($"The study '{found.Name}' in '{_address}' was deleted.");
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

        // Models and test figures that are there already are another study's, whose record is gone.
        if (name is not null && _store.Artifacts.Holds(name))
        {
            throw new InputException(
                $"'{_store.Artifacts.Locate(name)}' holds the files of a study that the store does not know. Choose "
                + "another name, or move them away.");
        }

        var unique = name ?? experiment;
        for (var number = 2; ; number++)
        {
            try
            {
                if (!taken.Contains(unique) && !_store.Artifacts.Holds(unique))
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

    /// <summary>What a study keeps beside its trials.</summary>
    /// <exception cref="InputException">Its name in the storage is none that a study can have.</exception>
    public StudyArtifacts Artifacts(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return NameForm().IsMatch(study.Name)
            ? new StudyArtifacts(_store.Artifacts, study.Name)
            : throw new InputException(
                $"The store '{_address}' is damaged: '{JsonEncodedText.Encode(study.Name)}' is no name that a study "
                + "can have. Restore the store from a copy.");
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static StudyLibrary? TryOpen(string store, StorageAccess access, Registry registry, Registry? storages)
    {
        var (address, storage) = Locate(store, storages ?? registry);
        return storage.Exists(address) ? new StudyLibrary(address, storage.Open(address, access), registry) : null;
    }

    private static (StorageAddress Address, StorageDescriptor Storage) Locate(string store, Registry storages)
    {
        ArgumentNullException.ThrowIfNull(storages);
        var address = StorageAddress.Parse(store);
        return (address, storages.Find<StorageDescriptor>(address.Scheme) ?? throw NoStorage(address, storages));
    }

    private static InputException NoStorage(StorageAddress address, Registry storages)
    {
        var near = NearestName.Of(address.Scheme, storages.Names<StorageDescriptor>());
        return new InputException(
            $"The store '{address}': there is no storage '{address.Scheme}'."
            + (near is null ? "" : $" Did you mean '{near}'?")
            + $" --store names {string.Join(", ", storages.All<StorageDescriptor>().Select(s => s.Form))};"
            + $" --extension FILE brings others, and ./{address} is a folder.");
    }

    private static InputException Missing(string store) => new(
        $"There are no studies in '{StorageAddress.Parse(store)}'. 'evenhand run FILE' makes one; --store names "
        + "another store.");

    // A study's name is the first part of the names of its artifacts, such as the name of its folder.
    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NameForm();
}
