using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.SvdPlusPlus;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class SvdPlusPlusTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(7) };

    // Each y of each item after each rating, as the paper has it.
    [TestMethod]
    public void Descend_RatingsOfAUser_IsTheSameAsEveryStepTakenAlone()
    {
        const int Rank = 6;
        const double Step = 0.05;
        var options = new SvdPlusPlusOptions { ApproximationRank = Rank, Lambda = 0.3, BiasLambda = 0.1 };
        var random = new SeededRandom(4);
        FactorTable Table(int rows)
        {
            var table = new FactorTable(rows, Rank);
            table.FillGaussian(random, 0, 0.7, nonNegative: false);
            return table;
        }

        var kernel = new SvdPlusPlusKernel(options, Table(2), Table(5), Table(5));
        var (p, q, y) = (Copy(kernel.Users)[1], Copy(kernel.Items), Copy(kernel.Rated));
        RatedItem[] ratings = [new(3, 1.5f, 1), new(0, -0.5f, 0.5f), new(4, 0.25f, 2), new(0, 1, 1)];
        int[] items = [0, 3, 4];
        var (userBias, itemBiases, loss) = (0.0, new double[5], 0.0);
        var norm = 1 / Math.Sqrt(items.Length);
        foreach (var (item, value, weight) in ratings)
        {
            var z = new double[Rank];
            for (var f = 0; f < Rank; f++)
            {
                z[f] = p[f] + (norm * items.Sum(j => y[j][f]));
            }

            var error = value - userBias - itemBiases[item] - z.Zip(q[item], (a, b) => a * b).Sum();
            loss += weight * error * error;
            var size = Step * weight;
            userBias += size * (error - (0.1 * userBias));
            itemBiases[item] += size * (error - (0.1 * itemBiases[item]));
            for (var f = 0; f < Rank; f++)
            {
                var own = q[item][f];
                q[item][f] += size * ((error * z[f]) - (0.3 * own));
                p[f] += size * ((error * own) - (0.3 * p[f]));
                foreach (var j in items)
                {
                    y[j][f] += size * ((error * norm * own) - (0.3 * y[j][f]));
                }
            }
        }

        Assert.AreEqual(loss, kernel.Descend(1, new RatedItems(ratings, items), (float)Step), 1e-4);
        AssertEqual([p], [Copy(kernel.Users)[1]]);
        AssertEqual(q, Copy(kernel.Items));
        AssertEqual(y, Copy(kernel.Rated));
        Assert.AreEqual(userBias, kernel.UserBiases[1], 1e-5);
        AssertEqual([itemBiases], [Array.ConvertAll(kernel.ItemBiases, b => (double)b)]);
    }

    [TestMethod]
    public void Score_NewUser_FollowsTheItemsChosen()
    {
        var (calm, loud) = (new double[40], new double[40]);
        double Lead(double[] scores) =>
            Enumerable.Range(8, 32).Average(item => item % 2 == 0 ? scores[item] : -scores[item]);
        OverSeeds.AssertPositive(seeds =>
        {
            var model = (IFoldIn)Tastes(Context with { Seeds = seeds });
            model.Score([0, 2, 4, 6], [], calm);
            model.Score([1, 3, 5, 7], [], loud);
            return [Lead(calm), -Lead(loud)];
        });
    }

    [TestMethod]
    public void Score_ItemsOutOfOrderOrRange_Throws()
    {
        var model = (IFoldIn)Tastes(Context);
        var scores = new double[40];
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([3, 3], [], scores));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([40], [], scores));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1, 2], [3], scores));
    }

    private static Model Tastes(FitContext context)
    {
        var cells = Enumerable.Range(0, 40 * 40).Where(cell => (cell * 7) % 5 < 2).ToArray();
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 40),
            LearningSamples.Names("i", 40),
            Array.ConvertAll(cells, cell => cell / 40),
            Array.ConvertAll(cells, cell => cell % 40),
            Array.ConvertAll(cells, cell => (cell / 40) % 2 == (cell % 40) % 2 ? 4.0 : 2.0));
        var liked = Enumerable.Range(0, data.RowCount)
            .Where(row => ((NumericColumn)data.Label!).Values[row] > 3 || row % 9 == 0).ToArray();
        return new SvdPlusPlusLearner(new SvdPlusPlusOptions
        {
            ApproximationRank = 4,
            BiasLambda = 0.25,
            Lambda = 0.001,
            LearningRate = 0.05,
            NumberOfIterations = 200,
        }).Fit(data.Select(liked), context);
    }

    private static double[][] Copy(FactorTable table) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table[row].ToArray().Select(v => (double)v).ToArray())];

    private static void AssertEqual(double[][] expected, double[][] actual)
    {
        for (var row = 0; row < expected.Length; row++)
        {
            for (var f = 0; f < expected[row].Length; f++)
            {
                Assert.AreEqual(expected[row][f], actual[row][f], 1e-5);
            }
        }
    }
}
