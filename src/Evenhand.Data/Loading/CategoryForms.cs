using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Loading;

/// <summary>Gives each category of a table the one name that it has, however the file spells it. Ids of users and items
/// stay as they are.</summary>
/// <param name="decimalSign">The decimal sign of the file.</param>
/// <param name="isCompared">Whether the column of a name is the label or a group, by which rows are told apart.</param>
/// <param name="notes">Takes what one should know.</param>
internal sealed class CategoryForms(char decimalSign, Func<string, bool> isCompared, List<string> notes)
{
    private const int Examples = 3;

    /// <summary>The table with its categories named.</summary>
    /// <exception cref="InputException">In the label or a group, a number is written with and without zeros before
    /// it.</exception>
    public Table Apply(Table table)
    {
        var columns = table.Columns.Select(column => column switch
        {
            CategoricalColumn ids when (ids.Roles & (ColumnRoles.User | ColumnRoles.Item)) != 0 => NoteIds(ids),
            CategoricalColumn categories => Named(categories),
            CategorySetColumn sets => Named(sets),
            _ => column,
        }).ToArray();
        return columns.SequenceEqual(table.Columns) ? table : new Table(columns);
    }

    private CategoricalColumn Named(CategoricalColumn column)
    {
        if (Names(column.Name, column.Vocabulary) is not { } names)
        {
            return column;
        }

        var vocabulary = new Vocabulary(names.Where(name => name.Length > 0).Distinct());
        var codeOf = Array.ConvertAll(names, name => vocabulary.CodeOf(name));
        var codes = new int[column.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Codes[row] < 0 ? Vocabulary.Missing : codeOf[column.Codes[row]];
        }

        return new CategoricalColumn(column.Name, codes, vocabulary, column.Roles);
    }

    private CategorySetColumn Named(CategorySetColumn column) => Names(column.Name, column.Vocabulary) is { } names
        ? CategorySetColumn.FromValues(
            column.Name,
            Enumerable.Range(0, column.Length).Select(row => column.IsMissing(row)
                ? null
                : column.Codes(row).ToArray().Select(code => names[code]).Where(name => name.Length > 0).Distinct()),
            column.Roles)
        : column;

    // The name of each value, or null where all are named as they are spelled.
    private string[]? Names(string column, Vocabulary vocabulary)
    {
        var form = ValueForm.Of(vocabulary.Values, decimalSign);
        if (isCompared(column) && form.Clash(vocabulary.Values) is var (first, second))
        {
            throw new InputException(
                $"Column '{column}' holds '{first}' and '{second}', which are one number written in two ways. Write it "
                + "in one way; where they are codes of different things, put a letter before them (in a descriptor, "
                + "with the key 'map').");
        }

        string[] names = [.. vocabulary.Values.Select(form.Name)];
        if (names.SequenceEqual(vocabulary.Values))
        {
            return null;
        }

        Note(column, names, vocabulary, "is spelled in several ways and counted as one value");
        return names;
    }

    private CategoricalColumn NoteIds(CategoricalColumn column)
    {
        string[] names = [.. column.Vocabulary.Values.Select(new ValueForm(isNumeric: true, decimalSign).Name)];
        Note(column.Name, names, column.Vocabulary, "is spelled in several ways, which stay different ids");
        return column;
    }

    private void Note(string column, string[] names, Vocabulary vocabulary, string what)
    {
        if (names.Length == 0 || new HashSet<string>(names, StringComparer.Ordinal).Count == names.Length)
        {
            return;
        }

        var several = names.Zip(vocabulary.Values).GroupBy(pair => pair.First, pair => pair.Second)
            .Where(group => group.Key.Length > 0 && group.Count() > 1).ToArray();
        if (several.Length > 0)
        {
            var examples = several.Take(Examples).Select(
                group => $"'{group.Key}' ({string.Join(", ", group.Take(Examples).Select(value => $"'{value}'"))})");
            notes.Add(
                $"column '{column}': {string.Join(", ", examples)}"
                + (several.Length > Examples ? $" and {several.Length - Examples} more" : "")
                + $" {what}.");
        }
    }
}
