using System.CommandLine;
using Evenhand.Configuration;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Commands;

/// <summary>The options that say where the studies are, and which assemblies bring storages besides those built
/// in.</summary>
/// <param name="registry">What the names in the files of the studies stand for.</param>
/// <param name="extension">What --extension is for.</param>
internal sealed class StoreOptions(Lazy<Registry> registry, string extension = StoreOptions.OfStorages)
{
    /// <summary>What --extension is for in commands that load no other.</summary>
    public const string OfStorages =
        "An assembly (.dll) of your own with a storage that --store names. May be repeated.";

    /// <summary>What --extension is for in the command that has an experiment file.</summary>
    public const string BesideAFile = "An assembly (.dll) of your own with a storage that --store names: "
        + "those that the file names are loaded too late for that. May be repeated.";

    /// <summary>What --extension is for in commands that use what a study was made with.</summary>
    public const string OfStudies = "An assembly (.dll) of your own with a storage that --store names, or one that the "
        + "study names, to be used though it has changed since. May be repeated.";

    private Registry? _storages;

    /// <summary>--store.</summary>
    public Option<string> Store { get; } = new("--store")
    {
        Description = "Where the studies are kept: a folder, sqlite:FILE, memory: (while it runs), or the "
            + "address of a storage of your own.",
        HelpName = "STORE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EVENHAND_STORE") is { Length: > 0 } store
            ? store
            : ".evenhand",
    };

    /// <summary>--extension.</summary>
    public Option<string[]> Extension { get; } = SharedOptions.Extension(extension);

    /// <summary>The store as the user names it.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(Store);

    /// <summary>The paths of the assemblies.</summary>
    public IReadOnlyList<string> Extensions(ParseResult parsed) => parsed.GetValue(Extension) ?? [];

    /// <summary>Says before long work what would be wrong with the store after it.</summary>
    /// <exception cref="InputException">There is no such storage, or no store can be there.</exception>
    public void Check(ParseResult parsed) => StudyLibrary.CheckAddress(Name(parsed), Storages(parsed));

    /// <summary>Opens the store to read.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public StudyLibrary Open(ParseResult parsed) =>
        StudyLibrary.Open(Name(parsed), registry.Value, Storages(parsed));

    /// <summary>As <see cref="Open"/>; null where there is none.</summary>
    public StudyLibrary? TryOpen(ParseResult parsed) =>
        StudyLibrary.TryOpen(Name(parsed), registry.Value, Storages(parsed));

    /// <summary>Opens the store to run studies that are there.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public StudyLibrary OpenToRun(ParseResult parsed) =>
        StudyLibrary.OpenToRun(Name(parsed), registry.Value, Storages(parsed));

    /// <summary>Opens the store to run a new study, and makes it where it is missing.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    public StudyLibrary OpenOrCreate(ParseResult parsed) =>
        StudyLibrary.OpenOrCreate(Name(parsed), registry.Value, Storages(parsed));

    // Learners and others that they bring are a study's only where its experiment file names them.
    private Registry Storages(ParseResult parsed) =>
        _storages ??= SharedOptions.Extended(registry.Value, Extensions(parsed));
}
