using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.TestKit.Learning;

/// <summary>Small data sets that learners are tried on.</summary>
public static class LearningSamples
{
    private static readonly string[] Words =
        ["soft", "tight", "lovely", "cheap", "returned", "perfect", "don't", "größe", "连衣裙", "blue", "fit", "seam"];

    /// <summary>Ratings 1 to 5 of users <c>u0</c>.. for items <c>i0</c>.., with some taste in them; a pair may occur
    /// twice.</summary>
    public static Dataset Ratings(int users, int items, int rows, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var random = seeds.CreateRandom();
        var userCodes = new int[rows];
        var itemCodes = new int[rows];
        var labels = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            // Squared draws make some users and items far more active than others.
            userCodes[row] = (int)(users * Math.Pow(random.NextDouble(), 2));
            itemCodes[row] = (int)(items * Math.Pow(random.NextDouble(), 2));
            var taste = userCodes[row] % 3 == itemCodes[row] % 3 ? 1 : -0.5;
            labels[row] = Math.Clamp(Math.Round(3.4 + taste + (0.8 * random.NextGaussian())), 1, 5);
        }

        return Ratings(Names("u", users), Names("i", items), userCodes, itemCodes, labels);
    }

    /// <summary>Ratings from their parts, one a day.</summary>
    public static Dataset Ratings(
        Vocabulary users, Vocabulary items, int[] userCodes, int[] itemCodes, double[] labels, double[]? weights = null)
    {
        var columns = new List<Column>
        {
            new CategoricalColumn("user", userCodes, users, ColumnRoles.User),
            new CategoricalColumn("item", itemCodes, items, ColumnRoles.Item),
            new NumericColumn("rating", labels, ColumnRoles.Label),
            new NumericColumn(
                "time", Enumerable.Range(0, userCodes.Length).Select(row => 86_400.0 * row).ToArray(), ColumnRoles.Time),
        };
        if (weights is not null)
        {
            columns.Add(new NumericColumn("weight", weights, ColumnRoles.Weight));
        }

        return new Dataset("ratings", new Table(columns));
    }

    /// <summary>The same ratings with users of a <c>gender</c> and items of a <c>genre</c>. Popular items are mostly of
    /// the first genre; some users and items have no group.</summary>
    public static Dataset WithGroups(Dataset ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var (users, items) = (ratings.UserColumn!.Vocabulary, ratings.ItemColumn!.Vocabulary);

        // By name, so that a user or item has its group under any code.
        return ratings.WithGroups(
        [
            Group("gender", GroupSide.User, users, number => number % 11 == 7 ? null : number % 3 == 0 ? "f" : "m"),
            Group("genre", GroupSide.Item, items, number => number % 13 == 5 ? null
                : number % 5 == 4 ? "western" : number > 2 * items.Count / 3 || number % 3 == 2 ? "horror" : "drama"),
        ]);

        static GroupAttribute Group(string name, GroupSide side, Vocabulary entities, Func<int, string?> group) => new(
            name,
            side,
            CategoricalColumn.FromValues(
                name, entities.Values.Select(entity => group(int.Parse(entity[1..], CultureInfo.InvariantCulture)))));
    }

    /// <summary>Texts of 0 to 12 words whose class depends on two of the words, with some noise.</summary>
    public static Dataset Texts(int rows, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var random = seeds.CreateRandom();
        var texts = new string?[rows];
        var labels = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            var words = Enumerable.Range(0, random.Next(13)).Select(_ => Words[random.Next(Words.Length)]).ToArray();
            texts[row] = string.Join(' ', words);
            var positive = words.Contains("lovely") || words.Contains("perfect");
            labels[row] = positive == (random.NextDouble() < 0.9) ? 1 : 0;
        }

        return Texts(texts, labels);
    }

    /// <summary>Texts and their classes, 1 or 0.</summary>
    public static Dataset Texts(string?[] texts, double[] labels) => new("texts", new Table(
    [
        new TextColumn("text", texts, ColumnRoles.Text),
        new NumericColumn("recommended", labels, ColumnRoles.Label),
    ]));

    /// <summary>Texts of three classes that one word each tells, with some noise; a fourth class has no row.</summary>
    public static Dataset Classes(int rows, SeedTree seeds)
    {
        var (texts, told) = Told(rows, seeds);
        var codes = Array.ConvertAll(told, has => has[0] ? 2 : has[1] ? 0 : 1);
        return new Dataset("classes", new Table(
        [
            texts, new CategoricalColumn("class", codes, new(["bad", "good", "lovely", "none"]), ColumnRoles.Label),
        ]));
    }

    /// <summary>Texts of any number of three labels that one word each tells, with some noise; a fourth label has no
    /// row.</summary>
    public static Dataset LabelSets(int rows, SeedTree seeds)
    {
        var (texts, told) = Told(rows, seeds);
        var starts = new int[rows + 1];
        var codes = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            codes.AddRange(told[row].Index().Where(label => label.Item).Select(label => label.Index));
            starts[row + 1] = codes.Count;
        }

        return new Dataset("label-sets", new Table(
        [
            texts,
            new CategorySetColumn(
                "labels", starts, [.. codes], new bool[rows], new(["lovely", "fit", "blue", "none"]), ColumnRoles.Label),
        ]));
    }

    // Of each text whether it says "lovely", "fit" and "blue"; one in twenty is misread.
    private static (TextColumn Texts, bool[][] Told) Told(int rows, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var random = seeds.CreateRandom();
        var texts = new string?[rows];
        var told = new bool[rows][];
        for (var row = 0; row < rows; row++)
        {
            var words = Enumerable.Range(0, random.Next(9)).Select(_ => Words[random.Next(Words.Length)]).ToArray();
            texts[row] = string.Join(' ', words);
            told[row] = Array.ConvertAll(
                (string[])["lovely", "fit", "blue"], word => words.Contains(word) != random.NextDouble() < 0.05);
        }

        return (new TextColumn("text", texts, ColumnRoles.Text), told);
    }

    /// <summary>A vocabulary <c>prefix0</c>, <c>prefix1</c> and so on.</summary>
    public static Vocabulary Names(string prefix, int count) =>
        new(Enumerable.Range(0, count).Select(i => $"{prefix}{i}"));
}
