using System.Globalization;
using System.Text;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;
using Evenhand.Data.Splits;

namespace Evenhand.TestKit.Learning;

/// <summary>Data with everything that is derived from more than one row, and the same data with other rows in the later
/// parts of a split.</summary>
/// <remarks>Rows describe their users and items, bands are made of that, users and items are banded by how many rows
/// they have, and all of it is a feature and a group at once.</remarks>
public static class LeakSamples
{
    private const string Descriptor = """
        name: leak
        title: What a model could learn from rows that it must not see
        rows:
          files: [{ path: rows.csv }]
          columns:
            - { name: user, type: category, role: user }
            - { name: item, type: category, role: item }
            - { name: time, type: number, role: time }
            - { name: rating, type: number }
            - { name: class, type: category }
            - { name: topics, type: categories }
            - { name: author, type: category, role: feature }
            - { name: amount, from: rating, type: number, role: feature }
            - { name: words, type: text, role: text }
            - { name: age, type: number, role: feature, describes: user }
            - { name: city, type: category, role: feature, describes: user }
            - { name: kind, type: category, role: feature, describes: item }
            - { name: price, type: number, role: feature, describes: item }
            - { name: about, type: text, role: feature, describes: item }
        derive:
          - { name: age-band, side: user, role: feature, from: age, bands: [30, 50] }
          - { name: activity, side: user, role: feature, frequency: { top: 0.3, head: busy, tail: calm } }
          - { name: popularity, side: item, role: feature, frequency: { top: 0.3, head: popular, tail: rare } }
          - { name: recommended, from: rating, bands: [3.5], names: ["no", "yes"] }
        label: { column: LABEL }
        groups:
          user: [city, age-band, activity]
          item: [kind, popularity]
          row: [author]
        """;

    private static readonly string[] Words =
        ["good", "bad", "she", "he", "red", "blue", "big", "small", "room", "food", "staff", "view"];

    /// <summary>Splits of the same training rows by every strategy: one with the original rows in the later parts, one
    /// in which every value of the rows from <paramref name="changed"/> on is another.</summary>
    /// <param name="label">Column of the label; where it is <c>recommended</c>, as 0 and 1.</param>
    /// <param name="changed">The first part that is changed.</param>
    public static IEnumerable<(string Strategy, DataSplit Original, DataSplit Changed)> Splits(
        string label, SplitPart changed = SplitPart.Validation)
    {
        var rows = Rows(420, 7);
        var other = Rows(420, 8, "zz-");
        var data = Load(rows, label);
        foreach (var options in Strategies())
        {
            var seeds = new SeedTree(3);
            var parts = Splitter.Assign(data, options, seeds);

            // Changed rows stand first: what hangs on who appears first would show.
            int[] order = [.. Enumerable.Range(0, rows.Length).OrderByDescending(row => parts[row] >= changed)];
            var mixed = Load([.. order.Select(row => parts[row] >= changed ? other[row] : rows[row])], label);
            yield return (
                options.Strategy.ToString(),
                DataSplit.Of(data, parts),
                DataSplit.Of(mixed, [.. order.Select(row => parts[row])]));
        }

        // Given files.
        var (train, validation, test) = (rows[..300], rows[300..360], rows[360..]);
        var split = FromFiles(train, validation, test);
        yield return ("Files", split, FromFiles(
            train, changed == SplitPart.Validation ? other[300..360] : validation, other[360..]));

        DataSplit FromFiles(string[] train, string[] validation, string[] test) => DataSplit.FromParts(
            Load(train, label), Load(validation, label), Load(test, label), new SplitOptions(), new SeedTree(3));
    }

    /// <summary>All that a model could read of some data, as text.</summary>
    public static string Describe(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var text = new StringBuilder();
        foreach (var (side, table) in new[] { ("rows", data.Rows), ("users", data.Users), ("items", data.Items) })
        {
            foreach (var column in table?.Columns ?? [])
            {
                Add($"{side} {column.Roles}", column);
            }
        }

        foreach (var group in data.Groups)
        {
            Add($"group {group.Side} {group.Name}", group.Column);
        }

        return text.ToString();

        void Add(string what, Column column)
        {
            text.Append(what).Append(' ').AppendJoin(
                ',', Enumerable.Range(0, column.Length).Select(column.Format).Prepend(column.Name));
            if (column is CategoricalColumn categories)
            {
                text.Append(" of ").AppendJoin(',', categories.Vocabulary.Values);
            }

            text.Append('\n');
        }
    }

    /// <summary>The same data in another order of rows, split by the same seed.</summary>
    public static (DataSplit Original, DataSplit Shuffled) Orders(SplitOptions options, string label)
    {
        var rows = Rows(420, 7);
        var shuffled = rows.ToArray();
        new SeedTree(5).CreateRandom().Shuffle<string>(shuffled);
        return (
            Splitter.Split(Load(rows, label), options, new SeedTree(3)),
            Splitter.Split(Load(shuffled, label), options, new SeedTree(3)));
    }

    /// <summary>Options for every strategy but that of files.</summary>
    public static IEnumerable<SplitOptions> Strategies() => Enum.GetValues<SplitStrategy>()
        .Where(strategy => strategy != SplitStrategy.Files)
        .Select(strategy => new SplitOptions
        {
            Strategy = strategy,
            Train = 0.6,
            Validation = 0.2,
            Test = 0.2,
            K = 2,
            Folds = 3,
        });

    private static string[] Rows(int count, long seed, string prefix = "")
    {
        var random = new SeedTree(seed).CreateRandom();
        return [.. Enumerable.Range(0, count).Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}u{random.Next(40)},{prefix}i{(int)(25 * random.NextDouble() * random.NextDouble())},"
            + $"{(prefix.Length > 0 ? 9_000 : 0) + row},{1 + random.Next(5)},{prefix}{"abc"[random.Next(3)]},"
            + $"{prefix}x|{"pqr"[random.Next(3)]},{prefix}{"fm"[random.Next(2)]},{Text()},{20 + random.Next(50)},"
            + $"{prefix}city-{random.Next(3)},{prefix}kind-{random.Next(4)},{random.Next(90)},{prefix}{Text()}"))];

        string Text() => string.Join(' ', Enumerable.Range(0, 6).Select(_ => Words[random.Next(Words.Length)]));
    }

    private static Dataset Load(string[] rows, string label)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-leak-");
        try
        {
            File.WriteAllLines(
                Path.Combine(folder.FullName, "rows.csv"),
                [
                    "user,item,time,rating,class,topics,author,words,age,city,kind,price,about",
                    .. rows,
                ]);
            var path = Path.Combine(folder.FullName, "leak.yaml");
            File.WriteAllText(path, Descriptor.Replace(
                "LABEL", label == "recommended" ? "recommended, positive: [\"yes\"]" : label, StringComparison.Ordinal));
            return DatasetLoader.Load(DescriptorFile.Read(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
