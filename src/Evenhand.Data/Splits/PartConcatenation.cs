using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Splits;

/// <summary>Lays parts that were read one by one end to end, with common vocabularies and one table each of users and
/// items.</summary>
/// <remarks>The first part decides on columns and groups; what only later parts have is left out. What several parts
/// say of a user or an item is taken from the first that says it.</remarks>
internal sealed class PartConcatenation
{
    private readonly IReadOnlyList<(string Part, Dataset Data)> _parts;
    private readonly Table _rows;
    private readonly Table? _users;
    private readonly Table? _items;

    private PartConcatenation(IReadOnlyList<(string Part, Dataset Data)> parts)
    {
        _parts = parts;
        _rows = new Table(First.Rows.Columns.Select(column => Join(Sources(
            column, d => d.Rows.Find(column.Name), "column", d => d.Rows.Columns))));
        _users = Entities(d => d.Users, d => d.UserColumn, "user");
        _items = Entities(d => d.Items, d => d.ItemColumn, "item");
    }

    private Dataset First => _parts[0].Data;

    /// <summary>All rows, those of the first part first.</summary>
    /// <exception cref="InputException">A later part lacks a column or group of the first, or has it in another
    /// kind.</exception>
    public static Dataset Of(IReadOnlyList<(string Part, Dataset Data)> parts)
    {
        var whole = new PartConcatenation(parts);
        var groups = whole.First.Groups.Select(group => whole.Group(
            group, d => d.Groups.FirstOrDefault(g => (g.Name, g.Side) == (group.Name, group.Side))));
        return new Dataset(
            whole.First.Name, whole._rows, whole._users, whole._items, groups, null, whole.Derivation());
    }

    private EntityDerivation? Derivation() => First.Derivation is not { } first ? null : first with
    {
        Describing =
        [
            .. first.Describing.Select(own => (own.Side, Join(Sources(
                own.Column,
                d => d.Derivation?.FindDescribing(own.Side, own.Column.Name),
                "column",
                d => d.Derivation?.Describing.Select(other => other.Column) ?? [])))),
        ],
    };

    private GroupAttribute Group(GroupAttribute group, Func<Dataset, GroupAttribute?> find)
    {
        var columns = Sources(
            group.Column.With(name: group.Name),
            d => find(d)?.Column.With(name: group.Name),
            "group",
            d => d.Groups.Select(g => g.Column.With(name: g.Name)));
        var (own, table, key) = group.Side switch
        {
            GroupSide.User => (First.Users, _users, d => d.UserColumn),
            GroupSide.Item => (First.Items, _items, d => d.ItemColumn),
            _ => (First.Rows, _rows, (Func<Dataset, CategoricalColumn?>?)null),
        };
        var shared = own?.Columns.FirstOrDefault(c => ReferenceEquals(c, group.Column));
        return group with
        {
            Column = (CategoricalColumn)(shared is not null ? table![shared.Name]
                : key is null ? Join(columns)
                : Gather(columns, Places(key))),
            Crossed = [.. group.Crossed.Select((part, i) => Group(part, d => find(d)?.Crossed.ElementAtOrDefault(i)))],
        };
    }

    private Table? Entities(Func<Dataset, Table?> table, Func<Dataset, CategoricalColumn?> key, string side)
    {
        if (table(First) is not { } first)
        {
            return null;
        }

        var places = Places(key);
        return new Table(first.Columns.Select(column => Gather(
            Sources(
                column, d => table(d)?.Find(column.Name), $"{side} attribute", d => table(d)?.Columns ?? []),
            places)));
    }

    // The same column of each part.
    private Column[] Sources(
        Column wanted, Func<Dataset, Column?> find, string what, Func<Dataset, IEnumerable<Column>> known) =>
        [.. _parts.Select(p => Same(p, wanted, find(p.Data), what, known(p.Data).Select(c => c.Name)))];

    private static Column Join(Column[] sources)
    {
        var first = sources[0];
        var length = sources.Sum(s => s.Length);
        switch (first)
        {
            case NumericColumn:
                return new NumericColumn(
                    first.Name, sources.SelectMany(s => ((NumericColumn)s).Values.ToArray()).ToArray(), first.Roles);
            case TextColumn:
                return new TextColumn(
                    first.Name, sources.SelectMany(s => ((TextColumn)s).Values.ToArray()).ToArray(), first.Roles);
            case CategorySetColumn:
                return CategorySetColumn.FromValues(
                    first.Name,
                    sources.SelectMany(s => Enumerable.Range(0, s.Length).Select(((CategorySetColumn)s).Names)),
                    first.Roles);
            default:
                var vocabulary = Union(sources);
                var codes = new List<int>(length);
                foreach (var source in sources)
                {
                    codes.AddRange(((CategoricalColumn)source).In(vocabulary).Codes);
                }

                return new CategoricalColumn(first.Name, codes.ToArray(), vocabulary, first.Roles);
        }
    }

    private static Column Same(
        (string Part, Dataset Data) part, Column wanted, Column? found, string what, IEnumerable<string> names)
    {
        if (found is null)
        {
            throw new InputException(
                $"The {part.Part} part ('{part.Data.Name}') has no {what} '{wanted.Name}', which the train part has."
                + NearestName.Hint(wanted.Name, [.. names]));
        }

        return found.GetType() == wanted.GetType() ? found : throw new InputException(
            $"The {what} '{wanted.Name}' is {Kind(wanted)} in the train part "
            + $"and {Kind(found)} in the {part.Part} part.");
    }

    private static string Kind(Column column) => column switch
    {
        NumericColumn => "numeric",
        CategoricalColumn => "categorical",
        CategorySetColumn => "of sets of categories",
        _ => "text",
    };

    private static Vocabulary Union(IEnumerable<Column> columns)
    {
        var vocabularies = columns.Select(VocabularyOf).ToArray();
        return vocabularies.All(v => ReferenceEquals(v, vocabularies[0]))
            ? vocabularies[0]
            : new Vocabulary(
                vocabularies.SelectMany(v => v.Values).Distinct(StringComparer.Ordinal),
                vocabularies.All(v => v.IsOrdered));
    }

    private static Vocabulary VocabularyOf(Column column) =>
        column is CategorySetColumn sets ? sets.Vocabulary : ((CategoricalColumn)column).Vocabulary;

    // For each part and each code of the common vocabulary, the code in the part's own vocabulary.
    private int[][] Places(Func<Dataset, CategoricalColumn?> key)
    {
        var common = ((CategoricalColumn)_rows[key(First)!.Name]).Vocabulary;
        return [.. _parts.Select(p => common.MapTo(((CategoricalColumn)p.Data.Rows[key(First)!.Name]).Vocabulary))];
    }

    // The value of each entity from the first source that knows it.
    private static Column Gather(Column[] sources, int[][] places)
    {
        var count = places[0].Length;
        var from = new (int Source, int Row)[count];
        Array.Fill(from, (-1, -1));
        for (var entity = 0; entity < count; entity++)
        {
            for (var source = 0; source < sources.Length && from[entity].Source < 0; source++)
            {
                var row = places[source][entity];
                if (row >= 0 && !sources[source].IsMissing(row))
                {
                    from[entity] = (source, row);
                }
            }
        }

        var like = sources[0];
        switch (like)
        {
            case NumericColumn:
                return new NumericColumn(
                    like.Name,
                    Array.ConvertAll(
                        from, f => f.Source < 0 ? double.NaN : ((NumericColumn)sources[f.Source]).Values[f.Row]),
                    like.Roles);
            case TextColumn:
                return new TextColumn(
                    like.Name,
                    Array.ConvertAll(from, f => f.Source < 0 ? null : ((TextColumn)sources[f.Source]).Values[f.Row]),
                    like.Roles);
            case CategorySetColumn:
                return CategorySetColumn.FromValues(
                    like.Name,
                    from.Select(f => f.Source < 0 ? null : ((CategorySetColumn)sources[f.Source]).Names(f.Row)),
                    like.Roles);
            default:
                var vocabulary = Union(sources);
                var recoded = Array.ConvertAll(sources, s => ((CategoricalColumn)s).In(vocabulary));
                var codes = Array.ConvertAll(
                    from, f => f.Source < 0 ? Vocabulary.Missing : recoded[f.Source].Codes[f.Row]);
                return new CategoricalColumn(like.Name, codes, vocabulary, like.Roles);
        }
    }
}
