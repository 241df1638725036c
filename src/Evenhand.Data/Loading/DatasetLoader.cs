using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Loading;

/// <summary>Reads data sets as their descriptors say.</summary>
/// <remarks>
/// The order of the work: files are read; each category gets its one name (<see cref="ValueForm"/>); filters leave
/// rows out; users and items get their tables (from their own
/// files and from columns of the rows that describe them); derived columns are computed; the label is mapped; groups
/// are attached. Users and items are those of the rows that are left: what nobody bought or rated is not in the data
/// set.
/// </remarks>
public static class DatasetLoader
{
    /// <summary>Loads a data set.</summary>
    /// <param name="descriptor">What to load.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="InputException">A file is missing or malformed, or a group or part does not exist.</exception>
    public static Dataset Load(DatasetDescriptor descriptor, LoadOptions? options = null) =>
        Load(descriptor, options, out _);

    /// <summary>Loads a data set and tells what happened.</summary>
    /// <param name="descriptor">What to load.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="report">Rows read, left out and bad.</param>
    /// <exception cref="InputException">A file is missing or malformed, or a group or part does not exist.</exception>
    public static Dataset Load(DatasetDescriptor descriptor, LoadOptions? options, out LoadReport report)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        options ??= new LoadOptions();
        var groups = ChooseGroups(descriptor, options.Groups);
        var files = new DatasetFiles(descriptor, options);
        var badRows = new BadRowList(options.OnBadRow);
        var notes = files.CheckHashes();

        Table Read(TableDescriptor table, IReadOnlyList<(FileDescriptor, string)> of)
        {
            var reader = new TableReader(table, badRows, options);
            var whole = reader.Read(of);
            notes.AddRange(reader.BadValues.Notes);
            return new CategoryForms(table.Format.DecimalSign, IsCompared, notes).Apply(whole);
        }

        bool IsCompared(string column) =>
            column == descriptor.Label?.Column || groups.Exists(group => group.Name == column);

        var read = Read(descriptor.Rows, files.OfRows);
        var rows = RowSelection.Apply(read, descriptor.Filters, options.CancellationToken);
        var users = descriptor.Users is null ? null : Read(descriptor.Users, files.OfUsers);
        var items = descriptor.Items is null ? null : Read(descriptor.Items, files.OfItems);

        var tables = new EntitySet(descriptor, rows, users, items, notes);
        foreach (var derived in descriptor.Derive)
        {
            tables.Derive(derived);
        }

        tables.SetLabel(descriptor.Label);
        var attributes = groups.ConvertAll(g => tables.AttachGroup(g.Side, g.Name));
        report = new LoadReport
        {
            RowsRead = read.RowCount,
            RowsFiltered = read.RowCount - rows.RowCount,
            BadRowCount = badRows.Count,
            BadRows = badRows.Listed,
            Notes = notes,
        };
        return new Dataset(
            descriptor.Name, tables.Rows, tables.Users, tables.Items, attributes, files.Sha256, tables.Derivation);
    }

    private static List<(GroupSide Side, string Name)> ChooseGroups(
        DatasetDescriptor descriptor, IReadOnlyDictionary<GroupSide, IReadOnlyList<string>>? asked)
    {
        var sides = Enum.GetValues<GroupSide>();
        if (asked is null)
        {
            return [.. sides.SelectMany(side => descriptor.Groups.On(side).Select(name => (side, name)))];
        }

        var chosen = new List<(GroupSide, string)>();
        foreach (var side in sides)
        {
            foreach (var name in asked.GetValueOrDefault(side, []))
            {
                if (!descriptor.Groups.On(side).Contains(name))
                {
                    throw UnknownGroup(descriptor, side, name);
                }

                chosen.Add((side, name));
            }
        }

        return chosen;
    }

    private static InputException UnknownGroup(DatasetDescriptor descriptor, GroupSide side, string name)
    {
        var sideName = SideName(side);
        var other = Enum.GetValues<GroupSide>().Where(s => descriptor.Groups.On(s).Contains(name)).ToList();
        var valid = descriptor.Groups.On(side);
        var hint = other.Count > 0
            ? $" It is a group of the {SideName(other[0])}: write it under '{SideName(other[0])}'."
            : valid.Count == 0 ? $" It has no groups on the side '{sideName}' at all."
            : NearestName.Hint(name, [.. valid]);
        return new InputException($"The data set '{descriptor.Name}' has no group '{name}' of the {sideName}.{hint}");
    }

    private static string SideName(GroupSide side) => side switch
    {
        GroupSide.User => "user",
        GroupSide.Item => "item",
        _ => "row",
    };
}
