using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Files;

/// <summary>Where an experiment's data comes from: the simulator, or what a descriptor describes. The descriptor is
/// looked up, or read from its file, when it is first asked for, and once.</summary>
public sealed class DataSource
{
    private readonly Lazy<DatasetDescriptor?> _descriptor;

    internal DataSource(Experiment experiment, ExperimentFile file)
    {
        Section = experiment.Data;
        _descriptor = new Lazy<DatasetDescriptor?>(() =>
            Section.IsSimulated ? null
            : Section.Rows is null ? OfSource(Section, file.Resolve("."))
            : OfOwn(experiment, Section.Rows).InFolder(file.Resolve(".")));
    }

    /// <summary>What the experiment says of its data.</summary>
    public DataSection Section { get; }

    /// <summary>What describes the data; null where it is simulated.</summary>
    /// <exception cref="InputException">A descriptor file cannot be read or is not valid, or the catalogue has no such
    /// set.</exception>
    public DatasetDescriptor? Descriptor => _descriptor.Value;

    /// <summary>As <see cref="Descriptor"/>, of data that is not simulated.</summary>
    internal DatasetDescriptor Described =>
        Descriptor ?? throw new InvalidOperationException("Simulated data has no descriptor.");

    private static DatasetDescriptor OfSource(DataSection section, string folder)
    {
        var source = DataCatalogue.Default.Resolve(section.Source!.Value, folder);
        return source with { Label = section.Label ?? source.Label };
    }

    private static DatasetDescriptor OfOwn(Experiment experiment, TableDescriptor rows)
    {
        var data = experiment.Data;
        var described = new DatasetDescriptor
        {
            Name = experiment.Name,
            Title = experiment.Description ?? experiment.Name,
            Rows = rows,
            Users = data.Users,
            Items = data.Items,
            Filters = data.Filters ?? [],
            Derive = data.Derive ?? [],
            Label = data.Label,
        };

        // Crossings are made later, from their parts.
        var parts = data.Groups.All.SelectMany(group => GroupsSection.Parts(group.Entry.Value)).ToHashSet();
        IReadOnlyList<string> On(GroupSide side) => [.. OwnColumns(described, side).Where(parts.Contains)];
        return described with
        {
            Groups = new GroupsDescriptor
            {
                User = On(GroupSide.User),
                Item = On(GroupSide.Item),
                Row = On(GroupSide.Row),
            },
        };
    }

    /// <summary>The columns of own data that can be groups of a side.</summary>
    internal static IReadOnlyList<string> OwnColumns(DatasetDescriptor descriptor, GroupSide side)
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
