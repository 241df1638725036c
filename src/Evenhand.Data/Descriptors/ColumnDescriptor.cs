using Evenhand.Data.Columns;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Descriptors;

/// <summary>How the fields of a column are read.</summary>
public enum ColumnType
{
    /// <summary>A number; the column is a <see cref="NumericColumn"/>.</summary>
    Number,

    /// <summary>One of a limited set of values, or an id; the column is a <see cref="CategoricalColumn"/>.</summary>
    Category,

    /// <summary>Any number of categories, such as topics: names with <see cref="ColumnDescriptor.Separator"/> between
    /// them, or a JSON array; the column is a <see cref="CategorySetColumn"/>.</summary>
    Categories,

    /// <summary>Free text; the column is a <see cref="TextColumn"/>.</summary>
    Text,

    /// <summary>A moment, read by <see cref="ColumnDescriptor.Formats"/>; a <see cref="NumericColumn"/> of seconds
    /// since 1970-01-01 UTC.</summary>
    Date,

    /// <summary>Not read. Only a file without header needs it, to count the fields.</summary>
    Skip,
}

/// <summary>What a column is for. The label and the groups are named by the data set, not by the column.</summary>
public enum ColumnRole
{
    /// <summary>Carried along; filters and derived columns may use it.</summary>
    None,

    /// <summary>Identifies the user of a row; in the user table, the key.</summary>
    User,

    /// <summary>Identifies the item of a row; in the item table, the key.</summary>
    Item,

    /// <summary>The text that a text learner reads.</summary>
    Text,

    /// <summary>An input of a learner that reads columns of rows, users or items. No learner reads a column without
    /// this role.</summary>
    Feature,

    /// <summary>Moment of the row.</summary>
    Time,

    /// <summary>Weight of the row.</summary>
    Weight,
}

/// <summary>What happens to a value that is written wrongly, such as a word for a number.</summary>
public enum BadValuePolicy
{
    /// <summary>The row cannot be read: see <see cref="BadRowPolicy"/>.</summary>
    Error,

    /// <summary>The value is missing, and the row stays. Such values are counted in the notes of the
    /// <see cref="LoadReport"/>.</summary>
    Missing,
}

/// <summary>One column of a file.</summary>
public sealed record ColumnDescriptor
{
    /// <summary>Name of the column in the data set.</summary>
    public required string Name { get; init; }

    /// <summary>How the fields are read.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>What the column is for.</summary>
    /// <value>Default: none.</value>
    public ColumnRole Role { get; init; }

    /// <summary>The header cell, or the key of a JSON object (with full stops for objects inside objects).</summary>
    /// <value>Default: <see cref="Name"/>. The second of two equal header cells is named <c>cell.2</c>, an empty one
    /// <c>column-1</c> by its position.</value>
    public string? From { get; init; }

    /// <summary>Values of this column that stand for a missing one, besides those of the table.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Values to put in the place of others, such as <c>M: male</c>; a value that is not named stays as it
    /// is.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>The least and the greatest valid number; a number outside is missing.</summary>
    /// <value>Default: every number is valid.</value>
    public IReadOnlyList<double>? Range { get; init; }

    /// <summary>What happens to a number, a date or a set of categories that cannot be read: <c>missing</c> keeps the
    /// row without the value, and counts it.</summary>
    /// <value>Default: <c>error</c>, the row cannot be read.</value>
    public BadValuePolicy OnBadValue { get; init; }

    /// <summary>Formats of a date, such as <c>yyyy-MM-dd</c>, tried in order; <c>unix</c> is seconds since
    /// 1970.</summary>
    /// <value>Default: <c>yyyy-MM-dd</c> and <c>yyyy-MM-dd HH:mm:ss</c>. Times without a zone are taken as UTC.</value>
    public IReadOnlyList<string> Formats { get; init; } = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>What stands between two categories of a set. A set without a category is written as a lone separator,
    /// as an empty field is missing.</summary>
    /// <value>Default: <c>|</c>.</value>
    public string Separator { get; init; } = "|";

    /// <summary>Whom the column describes: with <c>user</c> or <c>item</c> a column of the rows moves to the table of
    /// users or items, with the value that most rows of the user or item have; of equally frequent ones the first in
    /// order. A split takes the train part's rows, and other rows only for those of whom these say nothing.</summary>
    /// <value>Default: <c>row</c>.</value>
    public GroupSide Describes { get; init; } = GroupSide.Row;
}
