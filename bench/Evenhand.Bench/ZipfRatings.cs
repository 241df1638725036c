using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Bench;

/// <summary>Made-up ratings whose users and items occur with frequencies rank^-0.5 and rank^-0.8.</summary>
internal static class ZipfRatings
{
    public const double Low = 1;
    public const double High = 5;

    private const int TrueRank = 16;
    private const double TrueDeviation = 0.5;
    private const double Noise = 0.5;

    /// <summary>Ratings in which there is nothing to learn.</summary>
    public static Dataset Make(int users, int items, int count, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var userCodes = Draw(count, users, 0.5, random);
        var itemCodes = Draw(count, items, 0.8, random);
        return Of(users, userCodes, items, itemCodes, _ => 3.5 + random.NextGaussian());
    }

    /// <summary>Ratings of 3 and the product of 16 factors, with noise.</summary>
    public static Dataset MakeLowRank(int users, int items, int count, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var userCodes = Draw(count, users, 0.5, random);
        var itemCodes = Draw(count, items, 0.8, random);
        var p = Factors(users, random);
        var q = Factors(items, random);
        return Of(users, userCodes, items, itemCodes, row =>
        {
            var rating = 3 + (Noise * random.NextGaussian());
            for (var factor = 0; factor < TrueRank; factor++)
            {
                rating += p[(userCodes[row] * TrueRank) + factor] * q[(itemCodes[row] * TrueRank) + factor];
            }

            return rating;
        });
    }

    private static double[] Factors(int count, SeededRandom random)
    {
        var factors = new double[count * TrueRank];
        foreach (ref var factor in factors.AsSpan())
        {
            factor = TrueDeviation * random.NextGaussian();
        }

        return factors;
    }

    private static Dataset Of(int users, int[] userCodes, int items, int[] itemCodes, Func<int, double> rating)
    {
        var labels = new double[userCodes.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = Math.Clamp(rating(row), Low, High);
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
