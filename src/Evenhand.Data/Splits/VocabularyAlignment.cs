namespace Evenhand.Data;

/// <summary>Gives parts that were read one by one common vocabularies and entity tables.</summary>
/// <remarks>The first part decides on columns and groups; what only later parts have is left out.</remarks>
internal static class VocabularyAlignment
{
    /// <summary>The parts with shared vocabularies: the first part's values first, then what the others add, in
    /// order.</summary>
    /// <exception cref="InputException">A later part lacks a column or group of the first, or has it in another
    /// kind.</exception>
    public static Dataset[] Align(IReadOnlyList<(string Part, Dataset Data)> parts)
    {
        var first = parts[0].Data;
        if (parts.All(p => SharesCodes(first, p.Data)))
        {
            return [.. parts.Select(p => p.Data)];
        }

        var tables = Tables(parts);
        var users = Entities(parts, tables, d => d.Users, d => d.UserColumn, "user");
        var items = Entities(parts, tables, d => d.Items, d => d.ItemColumn, "item");
        var groups = Groups(parts, tables);
        return [.. parts.Select((p, i) => new Dataset(p.Data.Name, tables[i], users, items, groups[i], p.Data.Sha256))];
    }

    private static bool SharesCodes(Dataset a, Dataset b) =>
        ReferenceEquals(a.Users, b.Users) && ReferenceEquals(a.Items, b.Items)
        && a.Rows.Columns.Count == b.Rows.Columns.Count
        && a.Rows.Columns.Zip(b.Rows.Columns).All(c => SharesCodes(c.First, c.Second))
        && a.Groups.Count == b.Groups.Count
        && a.Groups.Zip(b.Groups).All(g => g.First.Name == g.Second.Name && g.First.Side == g.Second.Side
            && SharesCodes(g.First.Column, g.Second.Column)
            && (g.First.Side == GroupSide.Row || ReferenceEquals(g.First.Column, g.Second.Column)));

    private static bool SharesCodes(Column a, Column b) => a.Name == b.Name && a.Roles == b.Roles && (a, b) switch
    {
        (CategoricalColumn x, CategoricalColumn y) => ReferenceEquals(x.Vocabulary, y.Vocabulary),
        (CategorySetColumn x, CategorySetColumn y) => ReferenceEquals(x.Vocabulary, y.Vocabulary),
        _ => a.GetType() == b.GetType(),
    };

    private static Table[] Tables(IReadOnlyList<(string Part, Dataset Data)> parts)
    {
        var columns = parts.Select(_ => new List<Column>()).ToArray();
        foreach (var column in parts[0].Data.Rows.Columns)
        {
            var sources = parts
                .Select(p => Same(p, column, p.Data.Rows.Find(column.Name), "column", NamesOf(p.Data.Rows)))
                .ToArray();
            var vocabulary = column is CategoricalColumn or CategorySetColumn ? Union(sources) : null;
            for (var i = 0; i < sources.Length; i++)
            {
                var source = (vocabulary, sources[i]) switch
                {
                    ({ } union, CategoricalColumn categories) => Recode(categories, union),
                    ({ } union, CategorySetColumn sets) => sets.In(union),
                    _ => sources[i],
                };
                columns[i].Add(source.With(roles: column.Roles));
            }
        }

        return [.. columns.Select(c => new Table(c))];
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

    private static IEnumerable<string> NamesOf(Table? table) => table?.Columns.Select(c => c.Name) ?? [];

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
            : new Vocabulary(vocabularies.SelectMany(v => v.Values).Distinct(StringComparer.Ordinal));
    }

    private static Vocabulary VocabularyOf(Column column) =>
        column is CategorySetColumn sets ? sets.Vocabulary : ((CategoricalColumn)column).Vocabulary;

    private static CategoricalColumn Recode(CategoricalColumn column, Vocabulary vocabulary)
    {
        var map = column.Vocabulary.MapTo(vocabulary);
        var codes = column.Codes.ToArray();
        foreach (ref var code in codes.AsSpan())
        {
            code = code < 0 ? code : map[code];
        }

        return new CategoricalColumn(column.Name, codes, vocabulary, column.Roles);
    }

    private static Table? Entities(
        IReadOnlyList<(string Part, Dataset Data)> parts,
        Table[] tables,
        Func<Dataset, Table?> table,
        Func<Dataset, CategoricalColumn?> key,
        string side)
    {
        if (table(parts[0].Data) is not { } first)
        {
            return null;
        }

        var places = Places(parts, tables, key);
        return new Table(first.Columns.Select(column => Gather(
            [.. parts.Select(p => Same(
                p, column, table(p.Data)?.Find(column.Name), $"{side} attribute", NamesOf(table(p.Data))))],
            places)));
    }

    private static GroupAttribute[][] Groups(IReadOnlyList<(string Part, Dataset Data)> parts, Table[] tables)
    {
        var result = parts.Select(_ => new List<GroupAttribute>()).ToArray();
        foreach (var group in parts[0].Data.Groups)
        {
            var wanted = group.Column.With(name: group.Name);
            var sources = parts
                .Select(p => Same(p, wanted, Find(p.Data, group), "group", p.Data.Groups.Select(g => g.Name)))
                .ToArray();
            if (group.Side == GroupSide.Row)
            {
                var vocabulary = Union(sources);
                for (var i = 0; i < sources.Length; i++)
                {
                    result[i].Add(group with { Column = Recode((CategoricalColumn)sources[i], vocabulary) });
                }

                continue;
            }

            var places = Places(parts, tables, d => group.Side == GroupSide.User ? d.UserColumn : d.ItemColumn);
            var shared = group with { Column = (CategoricalColumn)Gather(sources, places) };
            foreach (var list in result)
            {
                list.Add(shared);
            }
        }

        return [.. result.Select(r => r.ToArray())];
    }

    private static CategoricalColumn? Find(Dataset data, GroupAttribute group) =>
        data.Groups.FirstOrDefault(g => g.Name == group.Name && g.Side == group.Side)?.Column;

    // For each part and each code of the common vocabulary, the code in the part's own vocabulary.
    private static int[][] Places(
        IReadOnlyList<(string Part, Dataset Data)> parts, Table[] tables, Func<Dataset, CategoricalColumn?> key)
    {
        var name = key(parts[0].Data)!.Name;
        var common = ((CategoricalColumn)tables[0][name]).Vocabulary;
        return [.. parts.Select(p => common.MapTo(((CategoricalColumn)p.Data.Rows[name]).Vocabulary))];
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
                var recoded = Array.ConvertAll(sources, s => Recode((CategoricalColumn)s, vocabulary));
                var codes = Array.ConvertAll(
                    from, f => f.Source < 0 ? Vocabulary.Missing : recoded[f.Source].Codes[f.Row]);
                return new CategoricalColumn(like.Name, codes, vocabulary, like.Roles);
        }
    }
}
