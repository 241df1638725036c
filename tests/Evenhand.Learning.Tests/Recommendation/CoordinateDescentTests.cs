using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class CoordinateDescentTests
{
    private const int Users = 12;
    private const int Items = 9;

    private static readonly Dataset Data = LearningSamples.Ratings(Users, Items, 60, new SeedTree(9));
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    [TestMethod]
    [DataRow(0.2, 0.1, 0.05, false)]
    [DataRow(1.0, 0.0, 0.3, false)]
    [DataRow(0.5, -0.2, 0.01, true)]
    public void Improve_EachPass_LowersTheLossToAPointWhereNoFactorCanLowerIt(
        double alpha, double c, double lambda, bool nonNegative)
    {
        var options = new MatrixFactorizationOptions
        {
            Alpha = alpha,
            C = c,
            Lambda = lambda,
            NonNegative = nonNegative,
        };
        var rows = Interactions.Of(Data, "matrix-factorization", needsLabel: false);
        var users = Renumbering.Of(rows.UserCodes, Users, new SeedTree(1));
        var items = Renumbering.Of(rows.ItemCodes, Items, new SeedTree(2));
        var byUser = ObservedPairs.Of(rows, users, items, ofItems: false, CancellationToken.None);
        var byItem = ObservedPairs.Of(rows, users, items, ofItems: true, CancellationToken.None);
        var p = new FactorTable(users.Count, 3);
        var q = new FactorTable(items.Count, 3);
        p.FillGaussian(new SeededRandom(1), 0, 0.3, nonNegative);
        q.FillGaussian(new SeededRandom(2), 0, 0.3, nonNegative);
        var last = Loss(p, q, byUser, options);
        for (var pass = 0; pass < 60; pass++)
        {
            CoordinateDescentKernel.Improve(p, q, byUser, options, Context);
            var between = Loss(p, q, byUser, options);
            CoordinateDescentKernel.Improve(q, p, byItem, options, Context);
            var after = Loss(p, q, byUser, options);
            Assert.IsLessThanOrEqualTo(last * (1 + 1e-5), between);
            Assert.IsLessThanOrEqualTo(between * (1 + 1e-5), after);
            last = after;
        }

        // The last pass ended with the last factor of the items: each is the minimum of its parabola.
        for (var item = 0; item < q.Rows; item++)
        {
            foreach (var change in (float[])[0.05f, -0.05f])
            {
                ref var factor = ref q[item][2];
                var kept = factor;
                factor = nonNegative ? Math.Max(0, kept + change) : kept + change;
                Assert.IsGreaterThanOrEqualTo(last * (1 - 1e-6), Loss(p, q, byUser, options));
                factor = kept;
            }
        }
    }

    // The definition, over all pairs.
    private static double Loss(FactorTable p, FactorTable q, ObservedPairs pairs, MatrixFactorizationOptions options)
    {
        var loss = 0.0;
        for (var user = 0; user < p.Rows; user++)
        {
            var partners = pairs.PartnersOf(user).ToArray();
            for (var item = 0; item < q.Rows; item++)
            {
                var place = Array.IndexOf(partners, item);
                var weight = place < 0 ? options.Alpha : pairs.WeightsOf(user)[place];
                var error = place < 0 ? options.C : 1.0;
                var norms = 0.0;
                for (var f = 0; f < p.Rank; f++)
                {
                    error -= p[user][f] * q[item][f];
                    norms += (p[user][f] * p[user][f]) + (q[item][f] * q[item][f]);
                }

                loss += weight * ((error * error) + (options.Lambda * norms));
            }
        }

        return loss;
    }
}
