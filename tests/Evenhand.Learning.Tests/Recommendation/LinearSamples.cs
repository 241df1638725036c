using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

/// <summary>The small matrices on which models of items and neighbours are held against numpy 1.24.2 and scikit-learn
/// 1.2.1.</summary>
internal static class LinearSamples
{
    /// <summary>X[user, item]: who chose what.</summary>
    public static readonly double[,] Choices =
    {
        { 1, 1, 0, 0, 1 },
        { 1, 0, 1, 0, 0 },
        { 0, 1, 1, 0, 1 },
        { 1, 1, 0, 1, 0 },
        { 0, 0, 1, 1, 0 },
        { 1, 1, 1, 0, 0 },
    };

    /// <summary>R[user, item]: ratings, 0 where there is none.</summary>
    public static readonly double[,] Ratings =
    {
        { 5, 3, 0, 0, 4 },
        { 4, 0, 2, 0, 0 },
        { 0, 1, 5, 0, 2 },
        { 5, 4, 0, 1, 0 },
        { 0, 0, 4, 3, 0 },
        { 2, 5, 1, 0, 0 },
    };

    /// <summary>W[user, item]: weights of the ratings.</summary>
    public static readonly double[,] Weights =
    {
        { 1, 2, 0, 0, 1 },
        { 1, 0, 3, 0, 0 },
        { 0, 1, 1, 0, 0.5 },
        { 2, 1, 0, 1, 0 },
        { 0, 0, 1, 4, 0 },
        { 1, 1, 2, 0, 0 },
    };

    public static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    /// <summary>The cells that are not 0 as rows.</summary>
    public static Dataset Rows(double[,] values, double[,]? weights = null)
    {
        var cells = Enumerable.Range(0, values.Length)
            .Select(c => (User: c / values.GetLength(1), Item: c % values.GetLength(1)))
            .Where(c => values[c.User, c.Item] != 0)
            .ToArray();
        return LearningSamples.Ratings(
            LearningSamples.Names("u", values.GetLength(0)),
            LearningSamples.Names("i", values.GetLength(1)),
            Array.ConvertAll(cells, c => c.User),
            Array.ConvertAll(cells, c => c.Item),
            Array.ConvertAll(cells, c => values[c.User, c.Item]),
            weights is null ? null : Array.ConvertAll(cells, c => weights[c.User, c.Item]));
    }

    public static double[] Scores(RecommenderModel model, int user)
    {
        var scores = new double[model.Items.Count];
        model.Score(user, scores);
        return scores;
    }

    /// <summary>The scores of a user's own history, given without the user.</summary>
    public static double[] FoldedIn(RecommenderModel model, double[,] values, int user)
    {
        var items = Enumerable.Range(0, values.GetLength(1)).Where(item => values[user, item] != 0).ToArray();
        var scores = new double[model.Items.Count];
        ((IFoldIn)model).Score(items, Array.ConvertAll(items, item => values[user, item]), scores);
        return scores;
    }

    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double delta)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], delta, $"element {i}");
        }
    }

    /// <summary>What every fold-in has to refuse.</summary>
    public static void AssertChecksFoldIn(IFoldIn model)
    {
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([2, 1], [1, 1], new double[5]));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1, 1], [1, 1], new double[5]));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([5], [1], new double[5]));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([-1], [1], new double[5]));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1, 2], [1], new double[5]));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1], [1], new double[4]));
    }
}
