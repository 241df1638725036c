using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Tasks;

namespace Evenhand.Experiments.Checks;

/// <summary>What is known of an experiment's data before it is read.</summary>
internal sealed record DataOutline
{
    private DataOutline(string name) => Name = name;

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

    /// <summary>What is known of the data of an experiment.</summary>
    /// <exception cref="Evenhand.Configuration.InputException">Its descriptor cannot be read.</exception>
    public static DataOutline Of(DataSource source) => source switch
    {
        { Section.IsSimulated: true } => OfSimulator(source.Section.Simulator?.Label ?? SimulatorLabel.Rating),

        // Every column can be a group.
        { Section.Rows: not null } => Of(source.Described, side => DataSource.OwnColumns(source.Described, side)),
        _ => Of(source.Described, source.Described.Groups.On),
    };

    private static DataOutline OfSimulator(SimulatorLabel label) => new(DataSection.SimulatorSource)
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

    private static DataOutline Of(DatasetDescriptor descriptor, Func<GroupSide, IReadOnlyList<string>> groups)
    {
        var roles = descriptor.Rows.Columns.Select(column => column.Role)
            .Concat(descriptor.Derive.Where(d => d.Side == GroupSide.Row).Select(derived => derived.Role));
        return new DataOutline(descriptor.Name)
        {
            Groups = Enum.GetValues<GroupSide>().ToDictionary(side => side, groups),
            Roles = roles.ToHashSet(),
            HasLabel = descriptor.Label is not null,
            LabelType = LabelTypes.Of(descriptor),
            CountsRows = descriptor.Filters.Any(f => f.CountsRows),
        };
    }
}
