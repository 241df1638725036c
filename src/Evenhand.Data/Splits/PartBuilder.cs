using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Splits;

/// <summary>Makes the parts of a split one after the other, each from what its own rows and those of the parts before
/// it tell.</summary>
/// <remarks>
/// <para>Vocabularies hold what has occurred so far: the values of the first part in order, then those that the next
/// part adds. So a code means the same in all parts, and no part has a code for what only a later one has. Values
/// whose order was chosen (<see cref="Vocabulary.IsOrdered"/>) keep it; users, items and all others are sorted.</para>
/// <para>What rows say of a user or an item is taken from the first part that says it. Counts are those of the first
/// part. What a table of users or items said, or whoever made the data, stays.</para>
/// </remarks>
/// <param name="data">What is split.</param>
internal sealed class PartBuilder(Dataset data)
{
    private readonly Dictionary<string, Vocabulary> _vocabularies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _rowsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CategoricalColumn> _frequencies = new(StringComparer.Ordinal);

    /// <summary>The next part.</summary>
    /// <param name="rows">Its rows, in the order that they shall have.</param>
    public Dataset Add(int[] rows)
    {
        var table = new Table(data.Rows.Columns.Select(c => Known($"row/{c.Name}", c.Select(rows))));
        var users = Entities(GroupSide.User, rows, table, out var userPlaces);
        var items = Entities(GroupSide.Item, rows, table, out var itemPlaces);
        var part = new Dataset(data.Name, table, users, items, null, data.Sha256);
        return part.WithGroups(data.Groups.Select(group => Attribute(group, part, rows, userPlaces, itemPlaces)));
    }

    private Table? TableOf(GroupSide side) => side switch
    {
        GroupSide.User => data.Users,
        GroupSide.Item => data.Items,
        _ => data.Rows,
    };

    // One row for each user or item that is known by now.
    private Table? Entities(GroupSide side, int[] rows, Table table, out int[] places)
    {
        var key = side == GroupSide.User ? data.UserColumn : data.ItemColumn;
        places = [];
        if (key is null)
        {
            return null;
        }

        var own = (CategoricalColumn)table[key.Name];
        places = own.Vocabulary.MapTo(key.Vocabulary);
        Table? result = null;
        foreach (var column in TableOf(side)?.Columns ?? [])
        {
            var name = $"{side}/{column.Name}";
            var derived = data.Derivation?.FindComputed(side, column.Name);
            var next =
                data.Derivation?.FindDescribing(side, column.Name) is { } describing
                    ? Described(name, key, describing, rows, places)
                : derived?.Frequency is { } bands ? Frequency(name, derived, bands, own)
                : derived is not null ? DerivedColumns.Compute(derived, result!)
                : ColumnOperations.Gather(column, places);
            next = Known(name, next.With(roles: column.Roles));
            result = result?.With(next) ?? new Table([next]);
        }

        return result;
    }

    private Column Described(string name, CategoricalColumn key, Column describing, int[] rows, int[] places)
    {
        if (!_rowsOf.TryGetValue(name, out var rowOf))
        {
            _rowsOf.Add(name, rowOf = new int[key.Vocabulary.Count]);
            Array.Fill(rowOf, -1);
        }

        DescribedEntities.FindRows(key, describing, rows, rowOf);
        return ColumnOperations.Gather(describing, Array.ConvertAll(places, place => rowOf[place]));
    }

    private CategoricalColumn Frequency(string name, DerivedColumn derived, FrequencyBands bands, CategoricalColumn key)
    {
        if (!_frequencies.TryGetValue(name, out var first))
        {
            _frequencies.Add(name, first = DerivedColumns.Frequency(derived, bands, key));
        }

        // Those without a row in the first part are of the tail.
        var codes = new int[key.Vocabulary.Count];
        Array.Fill(codes, 1);
        first.Codes.CopyTo(codes);
        return new CategoricalColumn(derived.Name, codes, first.Vocabulary);
    }

    private GroupAttribute Attribute(
        GroupAttribute group, Dataset part, int[] rows, int[] userPlaces, int[] itemPlaces)
    {
        if (group.Crossed.Count > 0)
        {
            GroupAttribute[] crossed =
                [.. group.Crossed.Select(c => Attribute(c, part, rows, userPlaces, itemPlaces))];
            var crossing = GroupCrossing.CrossOwn(part, crossed);
            return crossing with
            {
                Name = group.Name,
                Column = (CategoricalColumn)Known($"{group.Side}*{group.Name}", crossing.Column),
            };
        }

        var (source, target) = group.Side switch
        {
            GroupSide.User => (data.Users, part.Users),
            GroupSide.Item => (data.Items, part.Items),
            _ => (data.Rows, part.Rows),
        };
        if (source?.Columns.FirstOrDefault(c => ReferenceEquals(c, group.Column)) is { } column)
        {
            return WithTerms(group, (CategoricalColumn)target![column.Name]);
        }

        var places = group.Side switch
        {
            GroupSide.User => userPlaces,
            GroupSide.Item => itemPlaces,
            _ => rows,
        };
        return WithTerms(
            group, (CategoricalColumn)Known($"{group.Side}:{group.Name}", group.Column.Select(places)));
    }

    private static GroupAttribute WithTerms(GroupAttribute group, CategoricalColumn column) => group with
    {
        Column = column,
        Terms = group.Terms is not { } terms ? null : terms with
        {
            GroupsOfCode = Array.ConvertAll(
                column.Vocabulary.MapTo(group.Column.Vocabulary), code => terms.GroupsOfCode[code]),
        },
    };

    // The column in the vocabulary of what has occurred so far.
    private Column Known(string name, Column column)
    {
        switch (column)
        {
            case CategoricalColumn categories:
                {
                    var occurs = new bool[categories.Vocabulary.Count];
                    foreach (var code in categories.Codes)
                    {
                        if (code >= 0)
                        {
                            occurs[code] = true;
                        }
                    }

                    return categories.In(Extend(name, column, categories.Vocabulary, occurs));
                }

            case CategorySetColumn sets:
                {
                    var occurs = new bool[sets.Vocabulary.Count];
                    for (var row = 0; row < sets.Length; row++)
                    {
                        foreach (var code in sets.Codes(row))
                        {
                            occurs[code] = true;
                        }
                    }

                    return sets.In(Extend(name, column, sets.Vocabulary, occurs));
                }

            default:
                return column;
        }
    }

    private Vocabulary Extend(string name, Column column, Vocabulary source, bool[] occurs)
    {
        var known = _vocabularies.GetValueOrDefault(name);
        var added = source.Values.Where((value, code) => occurs[code] && known?.CodeOf(value) is null or < 0);
        if (!source.IsOrdered || (column.Roles & (ColumnRoles.User | ColumnRoles.Item)) != 0)
        {
            added = added.Order(StringComparer.Ordinal);
        }

        var all = (known?.Values ?? []).Concat(added).ToArray();
        return known?.Count == all.Length
            ? known
            : _vocabularies[name] = new Vocabulary(all, source.IsOrdered);
    }
}
