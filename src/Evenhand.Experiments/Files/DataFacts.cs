using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Experiments.Tasks;

namespace Evenhand.Experiments.Files;

/// <summary>What is known of an experiment's data before it is read.</summary>
internal sealed record DataFacts
{
    private DataFacts(string name) => Name = name;

    public string Name { get; }

    /// <summary>Names that may be used as groups, by side.</summary>
    public required IReadOnlyDictionary<GroupSide, IReadOnlyList<string>> Groups { get; init; }

    /// <summary>The roles that its columns have.</summary>
    public required IReadOnlySet<ColumnRole> Roles { get; init; }

    public bool HasUsers => Roles.Contains(ColumnRole.User);

    public bool HasTime => Roles.Contains(ColumnRole.Time);

    public required bool HasLabel { get; init; }

    /// <summary>Whether a filter counts or draws rows.</summary>
    public bool CountsRows { get; init; }

    /// <summary>How the label is read; null where that is not known before.</summary>
    public ColumnType? LabelType { get; init; }

    /// <summary>What a descriptor of the catalogue or of a file says.</summary>
    public static DataFacts Of(DatasetDescriptor descriptor) => Of(descriptor, side => descriptor.Groups.On(side));

    /// <summary>What the experiment's own description says: every column can be a group.</summary>
    public static DataFacts OfOwn(DatasetDescriptor descriptor) => Of(descriptor, side => ColumnsOf(descriptor, side));

    /// <summary>What the simulator makes.</summary>
    public static DataFacts OfSimulator(SimulatorLabel label) => new(DataSection.SimulatorSource)
    {
        Groups = MarketplaceSimulator.GroupNames,
        Roles = new HashSet<ColumnRole> { ColumnRole.User, ColumnRole.Item, ColumnRole.Time, ColumnRole.Text },
        HasLabel = true,
        LabelType = label switch
        {
            // Asked for or not, the rating gives way to what the task predicts.
            SimulatorLabel.Rating => null,
            SimulatorLabel.Sentiment => ColumnType.Category,
            SimulatorLabel.Tags => ColumnType.Categories,
            _ => ColumnType.Number,
        },
    };

    private static DataFacts Of(DatasetDescriptor descriptor, Func<GroupSide, IReadOnlyList<string>> groups)
    {
        var roles = descriptor.Rows.Columns.Select(column => column.Role)
            .Concat(descriptor.Derive.Where(d => d.Side == GroupSide.Row).Select(derived => derived.Role));
        return new DataFacts(descriptor.Name)
        {
            Groups = Enum.GetValues<GroupSide>().ToDictionary(side => side, groups),
            Roles = roles.ToHashSet(),
            HasLabel = descriptor.Label is not null,
            LabelType = LabelTypes.Of(descriptor),
            CountsRows = descriptor.Filters.Any(f => f.CountsRows),
        };
    }

    private static IReadOnlyList<string> ColumnsOf(DatasetDescriptor descriptor, GroupSide side)
    {
        var table = side switch
        {
            GroupSide.User => descriptor.Users,
            GroupSide.Item => descriptor.Items,
            _ => null,
        };
        var read = (table?.Columns ?? [])
            .Concat(descriptor.Rows.Columns.Where(c => c.Describes == side))
            .Where(c => c.Type != ColumnType.Skip && c.Role is not (ColumnRole.User or ColumnRole.Item));
        var derived = descriptor.Derive.Where(d => d.Side == side);
        return [.. read.Select(c => c.Name).Concat(derived.Select(d => d.Name)).Distinct()];
    }
}
