using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data;

/// <summary>Rows with roles, and what is known of their users and items. Immutable.</summary>
/// <remarks>
/// <para>Ratings, reviews or customers are <see cref="Rows"/>. Attributes that belong to a user or an item (age,
/// gender, genre) stand once in <see cref="Users"/> and <see cref="Items"/>: their row <c>i</c> describes the user or
/// item with code <c>i</c> in the vocabulary of the user or item column.</para>
/// <para><see cref="Select"/> shares vocabularies and entity tables, so codes mean the same in every part of a
/// split.</para>
/// </remarks>
public sealed class Dataset
{
    /// <summary>A data set.</summary>
    /// <param name="name">Name shown in reports.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="users">One row for each value of the user column's vocabulary.</param>
    /// <param name="items">One row for each value of the item column's vocabulary.</param>
    /// <param name="groups">Group attributes.</param>
    /// <param name="sha256">Lower-case hexadecimal SHA-256 of the source, or null where there is no file.</param>
    /// <exception cref="ArgumentException">A table or attribute is not aligned with the vocabulary that it
    /// describes.</exception>
    public Dataset(
        string name,
        Table rows,
        Table? users = null,
        Table? items = null,
        IEnumerable<GroupAttribute>? groups = null,
        string? sha256 = null)
        : this(name, rows, users, items, groups, sha256, null)
    {
    }

    internal Dataset(
        string name,
        Table rows,
        Table? users,
        Table? items,
        IEnumerable<GroupAttribute>? groups,
        string? sha256,
        EntityDerivation? derivation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rows);
        Name = name;
        Rows = rows;
        Users = users;
        Items = items;
        Groups = [.. groups ?? []];
        Sha256 = sha256;
        Derivation = derivation;
        UserColumn = rows.Find(ColumnRoles.User) as CategoricalColumn;
        ItemColumn = rows.Find(ColumnRoles.Item) as CategoricalColumn;
        CheckAligned("The user table", users?.RowCount, UserColumn?.Vocabulary.Count);
        CheckAligned("The item table", items?.RowCount, ItemColumn?.Vocabulary.Count);
        foreach (var group in Groups)
        {
            CheckAligned($"Group attribute '{group.Name}'", group.Column.Length, EntityCount(group.Side));
        }

        foreach (var (_, column) in derivation?.Describing ?? [])
        {
            CheckAligned($"Column '{column.Name}', which describes users or items,", column.Length, RowCount);
        }
    }

    /// <summary>Name shown in reports.</summary>
    public string Name { get; }

    /// <summary>The rows.</summary>
    public Table Rows { get; }

    /// <summary>What is known of each user, by user code; null where nothing is.</summary>
    public Table? Users { get; }

    /// <summary>What is known of each item, by item code; null where nothing is.</summary>
    public Table? Items { get; }

    /// <summary>The group attributes.</summary>
    public IReadOnlyList<GroupAttribute> Groups { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of the source, or null where there is no file.</summary>
    public string? Sha256 { get; }

    /// <summary>How <see cref="Users"/> and <see cref="Items"/> come from the rows, where they do; null where they do
    /// not, and in the parts of a split, in which nothing is derived any more.</summary>
    internal EntityDerivation? Derivation { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>The column with the user role, or null.</summary>
    public CategoricalColumn? UserColumn { get; }

    /// <summary>The column with the item role, or null.</summary>
    public CategoricalColumn? ItemColumn { get; }

    /// <summary>The column with the label role, or null.</summary>
    public Column? Label => Rows.Find(ColumnRoles.Label);

    /// <summary>The column with the text role, or null.</summary>
    public TextColumn? Text => Rows.Find(ColumnRoles.Text) as TextColumn;

    /// <summary>The column with the weight role, or null.</summary>
    public NumericColumn? Weight => Rows.Find(ColumnRoles.Weight) as NumericColumn;

    /// <summary>The column with the time role, or null.</summary>
    public NumericColumn? Time => Rows.Find(ColumnRoles.Time) as NumericColumn;

    /// <summary>The given rows, in the given order; users, items, vocabularies and their groups stay whole.</summary>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        var groups = new GroupAttribute[Groups.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            var group = Groups[i];
            groups[i] = group.Side == GroupSide.Row
                ? group with { Column = (CategoricalColumn)group.Column.Select(rows) }
                : group;
        }

        return new Dataset(Name, Rows.Select(rows), Users, Items, groups, Sha256, Derivation?.Select(rows));
    }

    /// <summary>The same data with other group attributes.</summary>
    public Dataset WithGroups(IEnumerable<GroupAttribute> groups) =>
        new(Name, Rows, Users, Items, groups, Sha256, Derivation);

    /// <summary>The same users, items and groups with other rows; only for data without row-side groups.</summary>
    public Dataset WithRows(Table rows) =>
        new(Name, rows, Users, Items, Groups, Sha256, Derivation);

    /// <summary>The group attribute of that name, or null.</summary>
    public GroupAttribute? FindGroup(string name) => Groups.FirstOrDefault(g => g.Name == name);

    /// <summary>The group code of each row, whichever side the attribute belongs to.</summary>
    /// <param name="group">One of <see cref="Groups"/>, or a crossing of some of them.</param>
    /// <returns>One code a row; <see cref="Vocabulary.Missing"/> where the group is unknown.</returns>
    /// <exception cref="ArgumentException">The attribute belongs to other data, such as another part of a
    /// split.</exception>
    public int[] GroupCodes(GroupAttribute group)
    {
        CheckOwn(group);
        return CodesByRow(group);
    }

    /// <summary>Refuses an attribute whose codes stand for other rows, users or items than those of this
    /// data.</summary>
    internal void CheckOwn(GroupAttribute group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!Owns(group))
        {
            throw new ArgumentException(
                $"The group attribute '{group.Name}' is not one of '{Name}' with these rows: its codes belong to other "
                + $"data, such as another part of a split. Take it from this data, with FindGroup(\"{group.Name}\").",
                nameof(group));
        }
    }

    /// <summary>The group code of each row by an attribute that is known to be of this data.</summary>
    internal int[] CodesByRow(GroupAttribute group)
    {
        var codes = group.Column.Codes;
        var entities = group.Side switch
        {
            GroupSide.User => UserColumn!.Codes,
            GroupSide.Item => ItemColumn!.Codes,
            _ => default,
        };
        if (group.Side == GroupSide.Row)
        {
            return codes.ToArray();
        }

        var result = new int[entities.Length];
        for (var row = 0; row < result.Length; row++)
        {
            result[row] = entities[row] < 0 ? Vocabulary.Missing : codes[entities[row]];
        }

        return result;
    }

    // A crossing may be made on the way, from attributes of this data.
    private bool Owns(GroupAttribute group) =>
        Groups.Any(own => own.Side == group.Side && ReferenceEquals(own.Column, group.Column))
        || (group.Crossed.Count > 0 && group.Crossed.All(Owns)
            && group.Column.Length == EntityCount(group.Side));

    private int? EntityCount(GroupSide side) => side switch
    {
        GroupSide.User => UserColumn?.Vocabulary.Count,
        GroupSide.Item => ItemColumn?.Vocabulary.Count,
        _ => RowCount,
    };

    private static void CheckAligned(string what, int? have, int? expected)
    {
        if (have is not null && have != expected)
        {
            throw new ArgumentException(expected is null
                ? $"{what} needs a user or item column, and the rows have none."
                : $"{what} has {have} rows where {expected} are described.");
        }
    }
}
