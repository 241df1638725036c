using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Loading;

/// <summary>The tables of a data set while they are made: rows, users and items.</summary>
internal sealed class EntitySet
{
    private readonly DatasetDescriptor _descriptor;
    private readonly CategoricalColumn? _user;
    private readonly CategoricalColumn? _item;

    /// <summary>Joins what is known of users and items to those that the rows name.</summary>
    public EntitySet(DatasetDescriptor descriptor, Table rows, Table? users, Table? items, List<string> notes)
    {
        _descriptor = descriptor;
        _user = rows.Find(ColumnRoles.User) as CategoricalColumn;
        _item = rows.Find(ColumnRoles.Item) as CategoricalColumn;
        if (_user is not null)
        {
            Users = EntityTables.Build(_user, GroupSide.User, users, descriptor.Rows, rows, notes);
        }

        if (_item is not null)
        {
            Items = EntityTables.Build(_item, GroupSide.Item, items, descriptor.Rows, rows, notes);
        }

        var describing = descriptor.Rows.Columns
            .Where(c => c.Describes != GroupSide.Row && c.Type != ColumnType.Skip)
            .Select(c => (c.Describes, rows[c.Name])).ToArray();
        var moved = describing.Select(d => d.Item2).ToHashSet();
        Rows = moved.Count == 0 ? rows : new Table(rows.Columns.Where(c => !moved.Contains(c)));
        Derivation = new EntityDerivation(describing, descriptor.Derive);
    }

    /// <summary>How users and items come from the rows.</summary>
    public EntityDerivation Derivation { get; }

    /// <summary>The rows.</summary>
    public Table Rows { get; private set; }

    /// <summary>The users, or null.</summary>
    public Table? Users { get; private set; }

    /// <summary>The items, or null.</summary>
    public Table? Items { get; private set; }

    /// <summary>Adds a derived column to its table.</summary>
    public void Derive(DerivedColumn derived)
    {
        var key = derived.Side switch
        {
            GroupSide.User => _user,
            GroupSide.Item => _item,
            _ => null,
        };
        if (derived.Frequency is { } frequency && key is not null)
        {
            Put(derived.Side, ColumnOperations.Compact(DerivedColumns.Frequency(derived, frequency, key)));
        }
        else
        {
            var table = TableOf(derived.Side) ?? throw new InputException(
                $"the derived column '{derived.Name}' of the data set '{_descriptor.Name}' is computed from "
                + "what is known of users or items, and nothing is known of them.");
            Put(derived.Side, DerivedColumns.Compute(derived, table));
        }
    }

    /// <summary>Marks the label, and maps it to 0 and 1 where the descriptor says what is positive.</summary>
    public void SetLabel(LabelDescriptor? label)
    {
        if (label is null)
        {
            return;
        }

        var column = Rows.Find(label.Column) ?? throw new InputException(
            $"the label of the data set '{_descriptor.Name}' is the column '{label.Column}', "
            + "which the rows do not have."
            + NearestName.Hint(label.Column, [.. Rows.Columns.Select(c => c.Name)]));
        var roles = (column.Roles & ~ColumnRoles.Feature) | ColumnRoles.Label;
        Put(GroupSide.Row, (label.Positive is null ? column : ToBinary(column, label)).With(roles: roles));
    }

    /// <summary>Makes a column of one side a group attribute.</summary>
    public GroupAttribute AttachGroup(GroupSide side, string name)
    {
        if (TableOf(side)?.Find(name) is not CategoricalColumn column)
        {
            throw new InputException(
                $"the group '{name}' of the data set '{_descriptor.Name}' is not a column of categories.");
        }

        var marked = (CategoricalColumn)column.With(roles: column.Roles | ColumnRoles.Group);
        Put(side, marked);
        return new GroupAttribute(name, side, marked);
    }

    private Table? TableOf(GroupSide side) => side switch
    {
        GroupSide.User => Users,
        GroupSide.Item => Items,
        _ => Rows,
    };

    private void Put(GroupSide side, Column column)
    {
        var table = TableOf(side)?.With(column) ?? new Table([column]);
        switch (side)
        {
            case GroupSide.User:
                Users = table;
                break;
            case GroupSide.Item:
                Items = table;
                break;
            default:
                Rows = table;
                break;
        }
    }

    private NumericColumn ToBinary(Column column, LabelDescriptor label)
    {
        if (ValueForm.Of(column) is { } form)
        {
            label = label with
            {
                Positive = label.Positive?.Select(form.Name).ToArray(),
                Negative = label.Negative?.Select(form.Name).ToArray(),
            };
        }

        var values = new double[column.Length];
        for (var row = 0; row < values.Length; row++)
        {
            var value = column.Format(row);
            values[row] = value is null ? double.NaN
                : column is CategorySetColumn sets ? IsAny(sets, row, label.Positive!) ? 1 : 0
                : label.Positive!.Contains(value) ? 1
                : label.Negative is null || label.Negative.Contains(value) ? 0
                : throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the label '{column.Name}' of the data set '{_descriptor.Name}' has the value '{value}' "
                    + $"in row {row + 1}, which is neither positive nor negative."));
        }

        if (values.Length > 0 && !values.Contains(1))
        {
            var held = column is CategorySetColumn sets
                ? sets.Vocabulary.Values.Take(6)
                : Enumerable.Range(0, column.Length).Select(column.Format).OfType<string>().Distinct().Take(6);
            throw new InputException(
                $"the label '{column.Name}' of the data set '{_descriptor.Name}' is nowhere "
                + $"{string.Join(" or ", label.Positive!.Select(p => $"'{p}'"))}, which label.positive names; "
                + $"it holds {string.Join(", ", held.Select(h => $"'{h}'"))}.");
        }

        return new NumericColumn(column.Name, values, column.Roles);
    }

    private static bool IsAny(CategorySetColumn sets, int row, IReadOnlyList<string> wanted)
    {
        foreach (var code in sets.Codes(row))
        {
            if (wanted.Contains(sets.Vocabulary[code]))
            {
                return true;
            }
        }

        return false;
    }
}
