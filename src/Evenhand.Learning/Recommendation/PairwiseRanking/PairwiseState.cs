using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Factors and item biases under descent, and the steps on them.</summary>
/// <remarks>Threads may step at once where they share neither users nor items.</remarks>
internal sealed unsafe class PairwiseState(FactorTable users, FactorTable items, float lambda)
{
    // An item that the user has not chosen is sought so often; users who chose nearly all are passed over.
    private const int MostTries = 20;

    public FactorTable Users { get; } = users;

    public FactorTable Items { get; } = items;

    public float[] Biases { get; } = new float[items.Rows];

    /// <summary>Whether every product of factors, and every bias, is a finite float.</summary>
    public bool IsFinite() =>
        Users.LargestLength() * Items.LargestLength() < float.MaxValue && Array.TrueForAll(Biases, float.IsFinite);

    /// <summary>One step of BPR.</summary>
    /// <param name="pair">The choice.</param>
    /// <param name="chosen">All items that the user chose, ascending.</param>
    /// <param name="negatives">Draws the item that it is compared with.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="step">Size of a step of weight 1.</param>
    public void Compare(
        PositivePair pair, ReadOnlySpan<int> chosen, NegativeSampler negatives, SeededRandom random, float step)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var other = negatives.Draw(random);
            if (chosen.BinarySearch(other) < 0)
            {
                // The slope of ln sigmoid(x) is sigmoid(-x).
                var slope = 1 / (1 + MathF.Exp(Difference(pair, other)));
                Step(pair, other, step * pair.Weight, slope);
                return;
            }
        }
    }

    /// <summary>One step of WARP, or none where no item drawn ranks too high.</summary>
    /// <param name="pair">The choice.</param>
    /// <param name="chosen">All items that the user chose, ascending.</param>
    /// <param name="negatives">Draws the items that it is compared with.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="step">Size of a step of weight 1.</param>
    /// <param name="maximumSamples">How many items are drawn at most.</param>
    public void Search(
        PositivePair pair,
        ReadOnlySpan<int> chosen,
        NegativeSampler negatives,
        SeededRandom random,
        float step,
        int maximumSamples)
    {
        for (var drawn = 1; drawn <= maximumSamples; drawn++)
        {
            var other = negatives.Draw(random);
            if (Difference(pair, other) < 1 && chosen.BinarySearch(other) < 0)
            {
                Step(pair, other, step * pair.Weight, RankWeight(drawn));
                return;
            }
        }
    }

    /// <summary><c>ln max(1, floor((N - 1) / n)) / ln(N - 1)</c> for n draws among N items.</summary>
    public float RankWeight(int drawn)
    {
        var others = Items.Rows - 1;
        return others < 2 ? 1 : MathF.Log(Math.Max(1, others / drawn)) / MathF.Log(others);
    }

    private float Difference(PositivePair pair, int other) => Biases[pair.Item] - Biases[other]
        + PairwiseKernel.Difference(
            Row(Users, pair.User), Row(Items, pair.Item), Row(Items, other), Users.Stride);

    private void Step(PositivePair pair, int other, float size, float slope)
    {
        var keep = 1 - (size * lambda);
        PairwiseKernel.Step(
            Row(Users, pair.User), Row(Items, pair.Item), Row(Items, other), Users.Stride, size * slope, keep);
        Biases[pair.Item] = (keep * Biases[pair.Item]) + (size * slope);
        Biases[other] = (keep * Biases[other]) - (size * slope);
    }

    private static float* Row(FactorTable table, int row) => table.Pointer + ((long)row * table.Stride);
}
