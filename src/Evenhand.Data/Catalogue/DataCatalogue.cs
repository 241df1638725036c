using System.Reflection;

namespace Evenhand.Data;

/// <summary>The data sets that are known by name.</summary>
public sealed class DataCatalogue
{
    private const string ResourcePrefix = "Evenhand.Data.Sets.";

    private static readonly Lazy<DataCatalogue> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, DatasetDescriptor> _byName;

    /// <summary>A catalogue of the given sets.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public DataCatalogue(IEnumerable<DatasetDescriptor> descriptors)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        Descriptors = [.. descriptors.OrderBy(d => d.Name, StringComparer.Ordinal)];
        _byName = Descriptors.ToDictionary(d => d.Name, StringComparer.Ordinal);
    }

    /// <summary>The sets that come with the program.</summary>
    public static DataCatalogue Default => Embedded.Value;

    /// <summary>The sets, by name; a set's variants are in its descriptor.</summary>
    public IReadOnlyList<DatasetDescriptor> Descriptors { get; }

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
            return slash < 0 ? found : found.WithVariant(name[(slash + 1)..]);
        }

        throw new InputException($"There is no data set '{name}' in the catalogue.{NearestName.Hint(name, Names)}");
    }

    /// <summary>The set that an experiment names as its source: a name of the catalogue, or the path of a descriptor
    /// (<c>.yaml</c> or <c>.yml</c>) of the user's own.</summary>
    /// <param name="source">The name or path.</param>
    /// <param name="folder">The folder that a relative path starts from.</param>
    /// <exception cref="InputException">There is no such set or file, or the file is not valid.</exception>
    public DatasetDescriptor Resolve(string source, string folder = ".")
    {
        ArgumentNullException.ThrowIfNull(source);
        var isFile = source.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || source.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        return isFile ? DescriptorFile.Read(Path.Combine(folder, source)) : Get(source);
    }

    private static DataCatalogue ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new DataCatalogue(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return DescriptorFile.Parse(name[ResourcePrefix.Length..], reader.ReadToEnd());
            }));
    }
}
