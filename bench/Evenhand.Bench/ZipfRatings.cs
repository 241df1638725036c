using Evenhand.Data;

namespace Evenhand.Bench;

/// <summary>Made-up ratings whose users and items occur with frequencies rank^-0.5 and rank^-0.8.</summary>
internal static class ZipfRatings
{
    public static Dataset Make(int users, int items, int count, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var userCodes = Draw(count, users, 0.5, random);
        var itemCodes = Draw(count, items, 0.8, random);
        var labels = new double[count];
        for (var row = 0; row < count; row++)
        {
            labels[row] = Math.Clamp(3.5 + random.NextGaussian(), 1, 5);
        }

        return new Dataset("zipf", new Table(
        [
            new CategoricalColumn("user", userCodes, Names(users), ColumnRoles.User),
            new CategoricalColumn("item", itemCodes, Names(items), ColumnRoles.Item),
            new NumericColumn("rating", labels, ColumnRoles.Label),
        ]));
    }

    private static int[] Draw(int count, int values, double exponent, SeededRandom random)
    {
        var cumulative = new double[values];
        var sum = 0.0;
        for (var value = 0; value < values; value++)
        {
            cumulative[value] = sum += Math.Pow(value + 1, -exponent);
        }

        var draws = new int[count];
        for (var i = 0; i < count; i++)
        {
            var place = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            draws[i] = Math.Min(values - 1, place < 0 ? ~place : place);
        }

        return draws;
    }

    private static Vocabulary Names(int count) => new(Enumerable.Range(0, count).Select(i => $"{i}"));
}
