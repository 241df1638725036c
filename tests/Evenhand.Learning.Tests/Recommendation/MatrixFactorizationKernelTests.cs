using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class MatrixFactorizationKernelTests
{
    private const float Lambda = 0.3f;
    private const float Weight = 0.7f;

    // Ranks that fill no vector, one, two halves and a mixture.
    [TestMethod]
    [DataRow(1)]
    [DataRow(8)]
    [DataRow(13)]
    [DataRow(16)]
    [DataRow(24)]
    [DataRow(64)]
    public void Descend_OneStep_FollowsTheFiniteDifferencesOfTheLoss(int rank)
    {
        var entry = new RatingEntry(1, 0, 1.5f);
        var (users, items) = Tables(rank);
        float[] userBiases = [9, 0.25f];
        float[] itemBiases = [-0.5f, 9];
        var variables = new double[(2 * rank) + 2];
        for (var f = 0; f < rank; f++)
        {
            variables[f] = users[1][f];
            variables[rank + f] = items[0][f];
        }

        variables[^2] = userBiases[1];
        variables[^1] = itemBiases[0];
        var before = (double[])variables.Clone();
        MatrixFactorizationKernel.Descend(
            [entry], [Weight], users, items, userBiases, itemBiases, 0.5f, Lambda, nonNegative: false);
        const double H = 1e-5;
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = before[i] + H;
            var above = Loss(variables, entry, rank);
            variables[i] = before[i] - H;
            var slope = (above - Loss(variables, entry, rank)) / (2 * H);
            variables[i] = before[i];
            var after = i < rank ? users[1][i]
                : i < 2 * rank ? items[0][i - rank]
                : i == 2 * rank ? userBiases[1] : itemBiases[0];
            Assert.AreEqual(before[i] - (0.5 * slope), after, 2e-6);
        }

        Assert.AreEqual(9, userBiases[0]);
        Assert.AreEqual(9, itemBiases[1]);
    }

    // Ranks of each length that is compiled on its own, and others; more ratings than are prefetched.
    [TestMethod]
    [DataRow(8, false)]
    [DataRow(16, true)]
    [DataRow(32, false)]
    [DataRow(40, false)]
    [DataRow(64, true)]
    [DataRow(128, false)]
    [DataRow(144, true)]
    public void Descend_ManyRatings_FollowsTheFormulaOneByOne(int rank, bool nonNegative)
    {
        var random = new SeededRandom(6);
        var (rows, columns) = Tables(rank);
        float[] rowBiases = [0.1f, -0.2f];
        float[] columnBiases = [0.3f, 0];
        double[][] p = [Doubles(rows[0]), Doubles(rows[1])];
        double[][] q = [Doubles(columns[0]), Doubles(columns[1])];
        var bu = Doubles(rowBiases);
        var bi = Doubles(columnBiases);
        var entries = new RatingEntry[100];
        var weights = new float[entries.Length];
        var expected = 0.0;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i] = new RatingEntry(random.Next(2), random.Next(2), random.NextSingle());
            var size = 0.01 * (weights[i] = 2 * random.NextSingle());
            var (own, other) = (p[entry.Row], q[entry.Column]);
            var error = entry.Value - bu[entry.Row] - bi[entry.Column] - own.Zip(other, (x, y) => x * y).Sum();
            expected += weights[i] * error * error;
            bu[entry.Row] += size * (error - (Lambda * bu[entry.Row]));
            bi[entry.Column] += size * (error - (Lambda * bi[entry.Column]));
            for (var f = 0; f < rank; f++)
            {
                var (x, y) = (own[f], other[f]);
                own[f] = Limit(x + (size * ((error * y) - (Lambda * x))));
                other[f] = Limit(y + (size * ((error * x) - (Lambda * y))));
            }
        }

        var loss = MatrixFactorizationKernel.Descend(
            entries, weights, rows, columns, rowBiases, columnBiases, 0.01f, Lambda, nonNegative);
        Assert.AreEqual(expected, loss, 1e-4 * expected);
        for (var row = 0; row < 2; row++)
        {
            Assert.AreEqual(bu[row], rowBiases[row], 1e-5);
            Assert.AreEqual(bi[row], columnBiases[row], 1e-5);
            for (var f = 0; f < rank; f++)
            {
                Assert.AreEqual(p[row][f], rows[row][f], 1e-5);
                Assert.AreEqual(q[row][f], columns[row][f], 1e-5);
            }
        }

        double Limit(double factor) => nonNegative ? Math.Max(factor, 0) : factor;
    }

    [TestMethod]
    public void Descend_NonNegative_MovesFactorsBackToZero()
    {
        var (users, items) = Tables(20);
        foreach (ref var factor in users[1])
        {
            factor = Math.Abs(factor);
        }

        MatrixFactorizationKernel.Descend(
            [new RatingEntry(1, 0, -50)], [], users, items, null, null, 0.5f, Lambda, nonNegative: true);
        var factors = users[1].ToArray();
        Assert.IsTrue(factors.All(f => f >= 0));
        Assert.Contains(0f, factors);
    }

    [TestMethod]
    public void Descend_RanksDiffer_Throws() => Assert.ThrowsExactly<ArgumentException>(() =>
        MatrixFactorizationKernel.Descend(
            [], [], new FactorTable(1, 8), new FactorTable(1, 16), null, null, 0.1f, 0, nonNegative: false));

    private static (FactorTable Users, FactorTable Items) Tables(int rank)
    {
        var random = new SeededRandom(5);
        var users = new FactorTable(2, rank);
        var items = new FactorTable(2, rank);
        users.FillGaussian(random, 0, 0.4, nonNegative: false);
        items.FillGaussian(random, 0, 0.4, nonNegative: false);
        return (users, items);
    }

    private static double[] Doubles(Span<float> values) => Array.ConvertAll(values.ToArray(), x => (double)x);

    private static double Loss(double[] variables, RatingEntry entry, int rank)
    {
        var error = entry.Value - variables[^2] - variables[^1];
        for (var f = 0; f < rank; f++)
        {
            error -= variables[f] * variables[rank + f];
        }

        return 0.5 * Weight * ((error * error) + (Lambda * variables.Sum(v => v * v)));
    }
}
