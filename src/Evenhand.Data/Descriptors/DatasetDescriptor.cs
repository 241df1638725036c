using Evenhand.Configuration;

namespace Evenhand.Data.Descriptors;

/// <summary>All that is known of a data set before it is read: what it is, where it comes from, and how its files
/// become rows, users, items, a label and groups.</summary>
/// <remarks>The catalogue holds one for each known set; for their own data users write the same in a file.</remarks>
public sealed record DatasetDescriptor
{
    /// <summary>Name by which an experiment file refers to it.</summary>
    public required string Name { get; init; }

    /// <summary>Title for reports.</summary>
    public required string Title { get; init; }

    /// <summary>What the data are.</summary>
    /// <value>Default: empty.</value>
    public string Description { get; init; } = "";

    /// <summary>Terms under which the data may be used.</summary>
    /// <value>Default: empty, not stated.</value>
    public string Licence { get; init; } = "";

    /// <summary>The work to cite.</summary>
    /// <value>Default: empty.</value>
    public string Citation { get; init; } = "";

    /// <summary>The publisher's page.</summary>
    /// <value>Default: none.</value>
    public string? Homepage { get; init; }

    /// <summary>What the data are good for.</summary>
    /// <value>Default: not stated.</value>
    public IReadOnlyList<DatasetTask> Tasks { get; init; } = [];

    /// <summary>What one should know before trusting a figure that is computed from the data.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Traps { get; init; } = [];

    /// <summary>Files at the publisher's that can be fetched.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<DownloadDescriptor> Downloads { get; init; } = [];

    /// <summary>How to get by hand what cannot be fetched, and where to put it.</summary>
    /// <value>Default: empty.</value>
    public string Obtain { get; init; } = "";

    /// <summary>The rows: ratings, reviews, customers.</summary>
    public required TableDescriptor Rows { get; init; }

    /// <summary>What is known of the users; its column with the role <c>user</c> is the key.</summary>
    /// <value>Default: nothing besides what the rows say.</value>
    public TableDescriptor? Users { get; init; }

    /// <summary>What is known of the items; its column with the role <c>item</c> is the key.</summary>
    /// <value>Default: nothing besides what the rows say.</value>
    public TableDescriptor? Items { get; init; }

    /// <summary>Which rows are kept.</summary>
    /// <value>Default: all.</value>
    public IReadOnlyList<RowFilter> Filters { get; init; } = [];

    /// <summary>Columns that are computed, in this order.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<DerivedColumn> Derive { get; init; } = [];

    /// <summary>The column to predict.</summary>
    /// <value>Default: none.</value>
    public LabelDescriptor? Label { get; init; }

    /// <summary>The columns by which fairness can be measured.</summary>
    /// <value>Default: none.</value>
    public GroupsDescriptor Groups { get; init; } = new();

    /// <summary>Other readings of the same folder.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<VariantDescriptor> Variants { get; init; } = [];

    /// <summary>The folder of the files: absolute for a descriptor that was read from a file, else null, which is the
    /// folder of the set's name under the data root.</summary>
    internal string? Folder { get; init; }

    /// <summary>Name of the set without a variant.</summary>
    internal string BaseName => Name.Split('/')[0];

    /// <summary>The descriptor with its files in a folder, instead of under the data root.</summary>
    /// <param name="folder">The folder from which the paths of its files start.</param>
    public DatasetDescriptor InFolder(string folder) => this with { Folder = Path.GetFullPath(folder) };

    /// <summary>The variant of that name as a descriptor of its own, named <c>set/variant</c>.</summary>
    /// <exception cref="InputException">There is no such variant.</exception>
    public DatasetDescriptor WithVariant(string variant)
    {
        var found = Variants.FirstOrDefault(v => v.Name == variant) ?? throw new InputException(
            $"The data set '{Name}' has no variant '{variant}'."
            + NearestName.Hint(variant, [.. Variants.Select(v => v.Name)]));
        var whole = found.Rows is not null;
        return this with
        {
            Name = $"{Name}/{variant}",
            Title = found.Title,
            Tasks = found.Tasks ?? Tasks,
            Rows = found.Rows ?? (found.Files is null ? Rows : Rows with { Files = found.Files }),
            Users = found.Users ?? (whole ? null : Users),
            Items = found.Items ?? (whole ? null : Items),
            Filters = found.Filters ?? (whole ? [] : Filters),
            Derive = found.Derive ?? (whole ? [] : Derive),
            Label = found.Label ?? Label,
            Groups = found.Groups ?? Groups,
            Variants = [],
        };
    }
}
