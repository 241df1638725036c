namespace Evenhand.Data.Descriptors;

/// <summary>Another reading of the same folder: other files, another label. What is not given is taken from the
/// set.</summary>
public sealed record VariantDescriptor
{
    /// <summary>Name after the slash, as in <c>skytrax/seat</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What this variant is.</summary>
    public required string Title { get; init; }

    /// <summary>What it is good for.</summary>
    /// <value>Default: as the set.</value>
    public IReadOnlyList<DatasetTask>? Tasks { get; init; }

    /// <summary>The rows.</summary>
    /// <value>Default: as the set.</value>
    public TableDescriptor? Rows { get; init; }

    /// <summary>Files of the rows, in the form that the set gives.</summary>
    /// <value>Default: as the set.</value>
    public IReadOnlyList<FileDescriptor>? Files { get; init; }

    /// <summary>What is known of the users.</summary>
    /// <value>Default: as the set, unless <see cref="Rows"/> is given: then none.</value>
    public TableDescriptor? Users { get; init; }

    /// <summary>What is known of the items.</summary>
    /// <value>Default: as the set, unless <see cref="Rows"/> is given: then none.</value>
    public TableDescriptor? Items { get; init; }

    /// <summary>Derived columns.</summary>
    /// <value>Default: as the set, unless <see cref="Rows"/> is given: then none.</value>
    public IReadOnlyList<DerivedColumn>? Derive { get; init; }

    /// <summary>Filters of the rows.</summary>
    /// <value>Default: as the set, unless <see cref="Rows"/> is given: then none.</value>
    public IReadOnlyList<RowFilter>? Filters { get; init; }

    /// <summary>The label.</summary>
    /// <value>Default: as the set.</value>
    public LabelDescriptor? Label { get; init; }

    /// <summary>The groups.</summary>
    /// <value>Default: as the set.</value>
    public GroupsDescriptor? Groups { get; init; }
}
