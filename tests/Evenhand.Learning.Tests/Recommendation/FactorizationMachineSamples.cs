using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

/// <summary>Data on which factorization machines are tried, and what they compute, by definition.</summary>
internal static class FactorizationMachineSamples
{
    // Users like what is of their taste; the last quarter of users and items has no training rows.
    public static (Dataset Train, Dataset Cold) WarmAndCold()
    {
        const int Users = 60;
        const int Items = 60;
        var (userCodes, itemCodes, labels) = (new List<int>(), new List<int>(), new List<double>());
        var random = new SeededRandom(1);
        for (var user = 0; user < Users; user++)
        {
            for (var item = 0; item < Items; item++)
            {
                userCodes.Add(user);
                itemCodes.Add(item);
                labels.Add((user % 2 == item % 2 ? 4 : 2) + (0.1 * random.NextGaussian()));
            }
        }

        string Taste(int number) => number % 2 == 0 ? "calm" : "loud";
        var ratings = LearningSamples.Ratings(
            LearningSamples.Names("u", Users), LearningSamples.Names("i", Items), [.. userCodes], [.. itemCodes],
            [.. labels]);
        var data = new Dataset(
            "tastes",
            ratings.Rows,
            Features(CategoricalColumn.FromValues("taste", Enumerable.Range(0, Users).Select(Taste))),
            Features(
                new NumericColumn("loudness", Enumerable.Range(0, Items).Select(i => 3.0 * (i % 2)).ToArray()),
                new NumericColumn("constant", Enumerable.Repeat(2.0, Items).ToArray()),
                new TextColumn("title", new string?[Items])));
        bool Warm(int row) => userCodes[row] < 45 && itemCodes[row] < 45 && (userCodes[row] + itemCodes[row]) % 3 == 0;
        bool Cold(int row) => userCodes[row] >= 45 && itemCodes[row] >= 45;
        var rows = Enumerable.Range(0, data.RowCount).ToArray();
        return (data.Select([.. rows.Where(Warm)]), data.Select([.. rows.Where(Cold)]));
    }

    public static Dataset Rename(Dataset data)
    {
        var columns = data.Rows.Columns.Select(column => column is CategoricalColumn c
            ? new CategoricalColumn(
                c.Name, c.Codes.ToArray(), new Vocabulary(c.Vocabulary.Values.Select(v => $"new {v}")), c.Roles)
            : column);
        return new Dataset("renamed", new Table(columns), data.Users, data.Items);
    }

    public static Dataset Described(int users, int items, int rows)
    {
        var ratings = LearningSamples.Ratings(users, items, rows, new SeedTree(3));
        return new Dataset(
            "described",
            ratings.Rows,
            Features(
                CategoricalColumn.FromValues(
                    "colour", Enumerable.Range(0, users).Select(u => u % 4 == 3 ? null : u % 2 == 0 ? "red" : "blue")),
                new NumericColumn(
                    "age", Enumerable.Range(0, users).Select(u => u == 1 ? double.NaN : 20.0 + u).ToArray())),
            Features(
                new NumericColumn("price", Enumerable.Range(0, items).Select(i => 1.0 + (i * i)).ToArray()),
                CategoricalColumn.FromValues("kind", Enumerable.Range(0, items).Select(i => $"k{i % 3}"))));
    }

    private static Table Features(params Column[] columns) =>
        new(columns.Select(column => column.With(roles: ColumnRoles.Feature)));

    // The pairs of one factor, by the double sum.
    public static double OneFactor(FactorizationMachineData parts, int row, double[] users, double[] items)
    {
        var terms = new List<double>();
        void Add(FeatureSide side, int entity, double[] factor)
        {
            var columns = side.Features.ColumnsOf(entity);
            for (var i = 0; i < columns.Length; i++)
            {
                terms.Add(side.Features.ValuesOf(entity)[i] * factor[columns[i]]);
            }
        }

        Add(parts.Users, parts.UserNumbers[row], users);
        Add(parts.Items, parts.ItemNumbers[row], items);
        return terms.SelectMany((_, j) => terms.Take(j), (pair, other) => (pair, other))
            .Select(pair => pair.other).Zip(terms.SelectMany((term, j) => Enumerable.Repeat(term, j)), (a, b) => a * b)
            .Sum();
    }

    /// <summary>The loss of one pair of items, by the double sum.</summary>
    public static double PairLoss(
        FactorizationMachineData parts,
        int user,
        int chosen,
        int other,
        double[][] users,
        double[][] items,
        double[] weights,
        double lambda)
    {
        var rank = users[0].Length;
        var squares = 0.0;
        var ofUser = new double[rank];
        var userColumns = parts.Users.Features.ColumnsOf(user);
        for (var i = 0; i < userColumns.Length; i++)
        {
            squares += users[userColumns[i]].Sum(v => v * v);
            for (var f = 0; f < rank; f++)
            {
                ofUser[f] += parts.Users.Features.ValuesOf(user)[i] * users[userColumns[i]][f];
            }
        }

        double Score(int item)
        {
            var score = 0.0;
            var columns = parts.Items.Features.ColumnsOf(item);
            var values = parts.Items.Features.ValuesOf(item);
            for (var i = 0; i < columns.Length; i++)
            {
                var own = items[columns[i]];
                squares += own.Sum(v => v * v) + (weights[columns[i]] * weights[columns[i]]);
                score += values[i] * weights[columns[i]];
                for (var f = 0; f < rank; f++)
                {
                    score += values[i] * own[f] * ofUser[f];
                    for (var j = 0; j < i; j++)
                    {
                        score += values[i] * own[f] * values[j] * items[columns[j]][f];
                    }
                }
            }

            return score;
        }

        var difference = Score(chosen) - Score(other);
        return Math.Log(1 + Math.Exp(-difference)) + (0.5 * lambda * squares);
    }

    public static double Slope(ref double variable, Func<double> loss)
    {
        const double H = 1e-5;
        var kept = variable;
        variable = kept + H;
        var above = loss();
        variable = kept - H;
        var slope = (above - loss()) / (2 * H);
        variable = kept;
        return slope;
    }
}
