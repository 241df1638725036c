using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Fits factors to choices by stochastic gradient descent on comparisons of a chosen and a drawn
/// item.</summary>
/// <remarks>
/// <para>The rows of a user-item pair are one choice with the sum of their weights, which scales its steps (against the
/// mean weight of a pair); labels are not read. The item drawn is one that the user did not choose.</para>
/// <para>An iteration goes through the diagonals of <see cref="PairwiseBlocks"/>. The model does not depend on the
/// number of threads.</para>
/// </remarks>
internal static class PairwiseDescent
{
    private const double InitialDeviation = 0.1;
    private const int PairsBetweenPolls = 1 << 12;

    /// <param name="train">The rows.</param>
    /// <param name="name">Name of the learner.</param>
    /// <param name="options">Its options.</param>
    /// <param name="maximumSamples">How many items WARP draws; null for BPR.</param>
    /// <param name="context">What surrounds the fit.</param>
    public static PairwiseRankingModel Fit(
        Dataset train, string name, PairwiseRankingOptions options, int? maximumSamples, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var rows = Interactions.Of(train, name, needsLabel: false);
        context = context.WithAtMost(options.NumberOfThreads);
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, context.Seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, context.Seeds.Fork("items"));
        var byUser = ObservedPairs.Of(rows, userNumbers, itemNumbers, ofItems: false, context.CancellationToken);
        var state = new PairwiseState(
            InitialFactors(userNumbers.Count, options, context.Seeds.Fork("user-factors")),
            InitialFactors(itemNumbers.Count, options, context.Seeds.Fork("item-factors")),
            (float)options.Lambda);
        var blocks = new PairwiseBlocks(byUser, userNumbers.Count, itemNumbers.Count, context.Seeds.Fork("blocks"));
        var popularity = options.NegativeSampling == NegativeSampling.Popularity ? Popularity(rows, itemNumbers) : null;
        var within = (context.Mitigation as GroupNegativeSampling)?.Start(train, itemNumbers);
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            var step = options.LearningRate * (options.NumberOfIterations - iteration) / options.NumberOfIterations;
            Iterate(blocks, byUser, state, popularity, within, (float)step, maximumSamples, context);
            if (!state.IsFinite())
            {
                throw new DivergenceException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} diverged in iteration {iteration + 1} of {options.NumberOfIterations}: lower "
                    + $"learningRate ({options.LearningRate}) or lambda ({options.Lambda})."));
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, double.NaN, Model);
        }

        return Model();

        // What all items have in common ranks nothing; so shifted, items without rows, whose bias is 0, have the
        // lowest.
        PairwiseRankingModel Model()
        {
            var lowest = state.Biases.Min();
            return new PairwiseRankingModel(
                name,
                options,
                rows.Users,
                rows.Items,
                FactorSide.Of(userNumbers, state.Users, biases: null, unknownIsMean: true),
                FactorSide.Of(
                    itemNumbers,
                    state.Items,
                    Array.ConvertAll(state.Biases, bias => bias - lowest),
                    unknownIsMean: false));
        }
    }

    private static FactorTable InitialFactors(int rows, PairwiseRankingOptions options, SeedTree seeds)
    {
        var factors = new FactorTable(rows, options.ApproximationRank);
        factors.FillGaussian(
            seeds.CreateRandom(), 0, InitialDeviation / Math.Sqrt(options.ApproximationRank), nonNegative: false);
        return factors;
    }

    private static double[] Popularity(Interactions rows, Renumbering items)
    {
        var weights = new double[items.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            weights[items[rows.ItemCodes[row]]] += rows.Weight(row);
        }

        return weights;
    }

    private static void Iterate(
        PairwiseBlocks blocks,
        ObservedPairs byUser,
        PairwiseState state,
        double[]? popularity,
        WithinGroups? within,
        float step,
        int? maximumSamples,
        FitContext context)
    {
        blocks.Shuffle(context);
        for (var diagonal = 0; diagonal < blocks.Side; diagonal++)
        {
            Parallel.For(
                0,
                blocks.Side,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = context.Threads,
                    CancellationToken = context.CancellationToken,
                },
                row =>
                {
                    var column = (row + diagonal) % blocks.Side;
                    var samplers = new NegativeSamplers(blocks.ItemsOf(column), popularity, within);
                    var (pairs, random) = blocks[row, column];
                    for (var i = 0; i < pairs.Length; i++)
                    {
                        if (i % PairsBetweenPolls == 0)
                        {
                            context.CancellationToken.ThrowIfCancellationRequested();
                        }

                        var pair = pairs.Span[i];
                        var chosen = byUser.PartnersOf(pair.User);
                        var negatives = samplers.For(pair.Item, random);
                        if (maximumSamples is { } most)
                        {
                            state.Search(pair, chosen, negatives, random, step, most);
                        }
                        else
                        {
                            state.Compare(pair, chosen, negatives, random, step);
                        }
                    }
                });
        }
    }
}
