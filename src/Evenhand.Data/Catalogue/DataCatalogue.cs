using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Catalogue;

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
    /// (<c>.yaml</c> or <c>.yml</c>) of the user's own, with <c>#</c> and the name of a variant behind it where one is
    /// meant.</summary>
    /// <param name="source">The name or path.</param>
    /// <param name="folder">The folder that a relative path starts from; null: the current one.</param>
    /// <exception cref="InputException">There is no such set, variant or file, or the file is not valid.</exception>
    public DatasetDescriptor Resolve(string source, string? folder = null)
    {
        if (OwnDescriptor(source) is not { } own)
        {
            return Get(source);
        }

        var path = folder is null ? own.Path : Path.GetFullPath(Path.Combine(folder, own.Path));
        var descriptor = DescriptorFile.Read(path);
        return own.Variant is null ? descriptor : descriptor.WithVariant(own.Variant);
    }

    /// <summary>Whether a source is the path of a descriptor (<c>.yaml</c> or <c>.yml</c>), with or without a variant,
    /// and not a name of the catalogue.</summary>
    public static bool IsDescriptorFile(string source) => OwnDescriptor(source) is not null;

    /// <summary>Whether a path is that of a YAML file.</summary>
    internal static bool IsYamlFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
    }

    private static (string Path, string? Variant)? OwnDescriptor(string source)
    {
        if (IsYamlFile(source))
        {
            return (source, null);
        }

        // The first that follows a name of YAML: folders may have the sign in their names.
        for (var at = source.IndexOf('#'); at >= 0; at = source.IndexOf('#', at + 1))
        {
            if (IsYamlFile(source[..at]))
            {
                return (source[..at], source[(at + 1)..]);
            }
        }

        return null;
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
