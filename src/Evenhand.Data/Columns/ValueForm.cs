using Evenhand.Data.Text;

namespace Evenhand.Data.Columns;

/// <summary>The one name that each value of a column has, however it is spelled.</summary>
/// <remarks>
/// <para>It is fitted to all values of a column, or of columns that are compared with each other. What looks alike is
/// one value: composed and decomposed letters, full widths, hyphens, apostrophes, blanks around it. Where every
/// value is a number, the forms of one number are one value: <c>1</c>, <c>1.0</c>, <c>+1</c>.</para>
/// <para>A number with zeros before it, as <c>007</c>, is a code and stays as it is; where <see cref="Clash"/> finds
/// the same number without them, nobody can know whether they are one value or two. Case tells values apart.</para>
/// </remarks>
public sealed class ValueForm
{
    private readonly char _decimalSign;

    /// <summary>A form of given kind.</summary>
    /// <param name="isNumeric">Whether the forms of one number are one value.</param>
    /// <param name="decimalSign">The decimal sign of numbers.</param>
    public ValueForm(bool isNumeric, char decimalSign = NumberText.Point) =>
        (IsNumeric, _decimalSign) = (isNumeric, decimalSign);

    /// <summary>Whether the forms of one number are one value.</summary>
    public bool IsNumeric { get; }

    /// <summary>The form of the values of one column.</summary>
    /// <param name="values">Its distinct values.</param>
    /// <param name="decimalSign">The decimal sign of numbers.</param>
    public static ValueForm Of(IEnumerable<string> values, char decimalSign = NumberText.Point)
    {
        ArgumentNullException.ThrowIfNull(values);
        var isNumeric = false;
        foreach (var value in values.Select(Spelling).Where(value => value.Length > 0))
        {
            isNumeric = NumberText.TryRead(value, decimalSign, out _);
            if (!isNumeric)
            {
                break;
            }
        }

        return new ValueForm(isNumeric, decimalSign);
    }

    /// <summary>The form of the values of a column as they are in memory, by which what a descriptor names is compared
    /// with them; null for free texts, which are compared as they are.</summary>
    internal static ValueForm? Of(Column column) => column switch
    {
        NumericColumn => new ValueForm(isNumeric: true),
        CategoricalColumn { Roles: var roles } when (roles & (ColumnRoles.User | ColumnRoles.Item)) != 0 => null,
        CategoricalColumn categories => Of(categories.Vocabulary.Values),
        CategorySetColumn sets => Of(sets.Vocabulary.Values),
        _ => null,
    };

    /// <summary>The name of a value; empty for blanks.</summary>
    public string Name(string value)
    {
        var text = Spelling(value);
        return IsNumeric && !NumberText.HasLeadingZero(text) && NumberText.Normal(text, _decimalSign) is { } number
            ? number
            : text;
    }

    /// <summary>Two values that are one number, of which one has zeros before it as codes have; null where there are
    /// none.</summary>
    /// <param name="values">The distinct values.</param>
    public (string First, string Second)? Clash(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!IsNumeric)
        {
            return null;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            var name = Name(value);
            if (NumberText.Normal(name, _decimalSign) is { } number
                && !names.TryAdd(number, name) && names[number] != name)
            {
                return (names[number], name);
            }
        }

        return null;
    }

    private static string Spelling(string value) => ComparableText.Of(value).Trim();
}
