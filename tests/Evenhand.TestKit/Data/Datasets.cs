using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.TestKit.Data;

/// <summary>Small data sets for tests.</summary>
public static class Datasets
{
    /// <summary>Name of the column that numbers the rows from 0, by which a row is recognised after a split.</summary>
    public const string RowColumn = "row";

    /// <summary>Ratings with time = the row's position.</summary>
    public static Dataset Ratings(params (string User, string Item, double Rating)[] rows) => Ratings(rows, []);

    /// <summary>Ratings with time = the row's position and groups of users: a group name for each user that has
    /// one.</summary>
    public static Dataset Ratings(
        IReadOnlyList<(string User, string Item, double Rating)> rows,
        params (string Attribute, IReadOnlyDictionary<string, string> GroupOfUser)[] groups)
    {
        var users = CategoricalColumn.FromValues("user", rows.Select(r => r.User), ColumnRoles.User);
        var table = new Table(
        [
            users,
            CategoricalColumn.FromValues("item", rows.Select(r => r.Item), ColumnRoles.Item),
            new NumericColumn("rating", rows.Select(r => r.Rating).ToArray(), ColumnRoles.Label),
            new NumericColumn("time", Numbers(rows.Count), ColumnRoles.Time),
            new NumericColumn(RowColumn, Numbers(rows.Count)),
        ]);
        var attributes = groups
            .Select(g => CategoricalColumn.FromValues(
                g.Attribute,
                users.Vocabulary.Values.Select(u => g.GroupOfUser.GetValueOrDefault(u)),
                ColumnRoles.Group))
            .ToArray();
        return new Dataset(
            "ratings",
            table,
            attributes.Length == 0 ? null : new Table(attributes),
            groups: attributes.Select(a => new GroupAttribute(a.Name, GroupSide.User, a)));
    }

    /// <summary>Uniformly random users, items, ratings 1-5 and times (many of them equal), with the user groups gender
    /// and age-band (a tenth of the ages missing) and the item group maker.</summary>
    public static Dataset RandomRatings(int users, int items, int rows, long seed)
    {
        var random = new SeedTree(seed).Fork("test-data").CreateRandom();
        var gender = Draw("gender", users, ["female", "male"], 0, random);
        var ages = Draw("age-band", users, ["18-29", "30-49", "50+"], 0.1, random);
        var maker = Draw("maker", items, ["small", "large"], 0, random);
        var table = new Table(
        [
            Entities("user", "u", users, rows, ColumnRoles.User, random),
            Entities("item", "i", items, rows, ColumnRoles.Item, random),
            new NumericColumn("rating", Fill(rows, () => 1 + random.Next(5)), ColumnRoles.Label),
            new NumericColumn("time", Fill(rows, () => random.Next(Math.Max(1, rows / 2))), ColumnRoles.Time),
            new NumericColumn(RowColumn, Numbers(rows)),
        ]);
        return new Dataset(
            "random-ratings",
            table,
            new Table([gender, ages]),
            new Table([maker]),
            [
                new GroupAttribute("gender", GroupSide.User, gender),
                new GroupAttribute("age-band", GroupSide.User, ages),
                new GroupAttribute("maker", GroupSide.Item, maker),
            ]);
    }

    /// <summary>Texts with a class and, where one is given, the group <c>author</c> of the row.</summary>
    public static Dataset Texts(params (string Text, string Label, string? Author)[] rows)
    {
        var author = CategoricalColumn.FromValues("author", rows.Select(r => r.Author), ColumnRoles.Group);
        var table = new Table(
        [
            new TextColumn("text", rows.Select(r => (string?)r.Text).ToArray(), ColumnRoles.Text),
            CategoricalColumn.FromValues("label", rows.Select(r => r.Label), ColumnRoles.Label),
            author,
            new NumericColumn(RowColumn, Numbers(rows.Length)),
        ]);
        return new Dataset("texts", table, groups: [new GroupAttribute("author", GroupSide.Row, author)]);
    }

    private static CategoricalColumn Entities(
        string name, string prefix, int count, int rows, ColumnRoles role, SeededRandom random)
    {
        var names = Enumerable.Range(0, count).Select(e => prefix + e.ToString(CultureInfo.InvariantCulture));
        var codes = new int[rows];
        foreach (ref var code in codes.AsSpan())
        {
            code = random.Next(count);
        }

        return new CategoricalColumn(name, codes, new Vocabulary(names), role);
    }

    private static CategoricalColumn Draw(string name, int count, string[] groups, double missing, SeededRandom random)
    {
        var codes = new int[count];
        foreach (ref var code in codes.AsSpan())
        {
            code = random.NextDouble() < missing ? Vocabulary.Missing : random.Next(groups.Length);
        }

        return new CategoricalColumn(name, codes, new Vocabulary(groups), ColumnRoles.Group);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static double[] Fill(int count, Func<double> next)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = next();
        }

        return values;
    }
}
