using System.Reflection;

namespace Evenhand.Data;

/// <summary>The data sets that are known by name.</summary>
public sealed class DataCatalogue
{
    private const string ResourcePrefix = "Evenhand.Data.Sets.";

    private static readonly Lazy<DataCatalogue> Embedded = new(ReadEmbedded);

    private readonly SortedDictionary<string, Lazy<DatasetDescriptor>> _byName = new(StringComparer.Ordinal);

    /// <summary>A catalogue of the given sets.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public DataCatalogue(IEnumerable<DatasetDescriptor> descriptors)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        foreach (var descriptor in descriptors)
        {
            _byName.Add(descriptor.Name, new Lazy<DatasetDescriptor>(descriptor));
        }
    }

    // A descriptor is read when it is asked for: most runs need one of them.
    private DataCatalogue(IEnumerable<string> names, Func<string, DatasetDescriptor> read)
    {
        foreach (var name in names)
        {
            _byName.Add(name, new Lazy<DatasetDescriptor>(() => read(name)));
        }
    }

    /// <summary>The sets that come with the program.</summary>
    public static DataCatalogue Default => Embedded.Value;

    /// <summary>The sets, by name; a set's variants are in its descriptor.</summary>
    public IReadOnlyList<DatasetDescriptor> Descriptors => [.. _byName.Values.Select(d => d.Value)];

    /// <summary>Names of all sets and their variants.</summary>
    public IReadOnlyList<string> Names =>
        [.. Descriptors.SelectMany(d => d.Variants.Select(v => $"{d.Name}/{v.Name}").Prepend(d.Name))];

    /// <summary>The set of that name, or the variant of a set, such as <c>skytrax/seat</c>.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public DatasetDescriptor Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (_byName.TryGetValue(slash < 0 ? name : name[..slash], out var found))
        {
            return slash < 0 ? found.Value : found.Value.WithVariant(name[(slash + 1)..]);
        }

        throw new InputException($"There is no data set '{name}' in the catalogue.{NearestName.Hint(name, Names)}");
    }

    /// <summary>The set that an experiment names as its source: a name of the catalogue, or the path of a descriptor
    /// (<c>.yaml</c> or <c>.yml</c>) of the user's own.</summary>
    /// <param name="source">The name or path.</param>
    /// <param name="folder">The folder that a relative path starts from; null: the current one.</param>
    /// <exception cref="InputException">There is no such set or file, or the file is not valid.</exception>
    public DatasetDescriptor Resolve(string source, string? folder = null) => !IsDescriptorFile(source)
        ? Get(source)
        : DescriptorFile.Read(folder is null ? source : Path.GetFullPath(Path.Combine(folder, source)));

    /// <summary>Whether a source is the path of a descriptor (<c>.yaml</c> or <c>.yml</c>), not a name of the
    /// catalogue.</summary>
    public static bool IsDescriptorFile(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || source.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a set that comes with the program has that name, which is also that of its folder.</summary>
    internal static bool IsKnown(string name) => Embedded.Value._byName.ContainsKey(name);

    private static DataCatalogue ReadEmbedded()
    {
        var resources = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(r => r.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        return new DataCatalogue(
            resources.Select(r => Path.GetFileNameWithoutExtension(r[ResourcePrefix.Length..])), ReadEmbedded);
    }

    private static DatasetDescriptor ReadEmbedded(string name)
    {
        var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{name}.yaml")!;
        using var reader = new StreamReader(resource);
        return DescriptorFile.Parse($"{name}.yaml", reader.ReadToEnd());
    }
}
