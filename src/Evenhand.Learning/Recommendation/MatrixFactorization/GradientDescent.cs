using System.Globalization;
using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Fits a matrix factorization to ratings by stochastic gradient descent.</summary>
internal static class GradientDescent
{
    // Small against the deviation 1 of the scaled labels, so that biases come first; not 0, where the gradient
    // vanishes.
    private const double InitialDeviation = 0.1;

    public static MatrixFactorizationModel Fit(
        Dataset train, Interactions rows, MatrixFactorizationOptions options, FitContext context)
    {
        var labels = LabelScale.Of(rows);
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, context.Seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, context.Seeds.Fork("items"));
        var state = new State(options, labels, userNumbers.Count, itemNumbers.Count, context.Seeds);
        var blocks = RatingBlocks.Of(
            Entries(rows, labels, options.Biases, userNumbers, itemNumbers),
            userNumbers.Count,
            itemNumbers.Count,
            state.Users.Stride * sizeof(float),
            context.Seeds.Fork("blocks"));
        var adjuster = context.Mitigation is RatingMitigation mitigation
            ? RatingAdjuster.Of(mitigation, train, userNumbers, itemNumbers.Count)
            : null;
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            adjuster?.Adjust(blocks.Entries, state.Predict, context.CancellationToken);
            var step = options.LearningRate * (options.NumberOfIterations - iteration) / options.NumberOfIterations;
            var loss = Iterate(blocks, state, (float)step, context);
            if (!double.IsFinite(loss))
            {
                throw Diverged(options, iteration + 1);
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, options.NumberOfIterations, "iterations"));
        }

        // A loss is taken before its step: what the last steps did shows in the factors alone.
        if (!state.IsFinite())
        {
            throw Diverged(options, options.NumberOfIterations);
        }

        return new MatrixFactorizationModel(
            options,
            rows.Users,
            rows.Items,
            labels,
            FactorSide.Of(userNumbers, state.Users, state.UserBiases, unknownIsMean: !options.Biases),
            FactorSide.Of(itemNumbers, state.Items, state.ItemBiases, unknownIsMean: !options.Biases));
    }

    private static DivergenceException Diverged(MatrixFactorizationOptions options, int iteration) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"matrix-factorization diverged in iteration {iteration} of {options.NumberOfIterations}: "
            + $"lower learningRate ({options.LearningRate}) or lambda ({options.Lambda})."));

    private static RatingEntry[] Entries(
        Interactions rows, LabelScale labels, bool centred, Renumbering users, Renumbering items)
    {
        // A mean weight of 1 keeps the meaning of the step whatever the unit of the weights.
        var unit = rows.Weights?.Average() ?? 1;
        var origin = centred ? labels.Mean : 0;
        var entries = new RatingEntry[rows.Count];
        for (var row = 0; row < entries.Length; row++)
        {
            entries[row] = new RatingEntry(
                users[rows.UserCodes[row]],
                items[rows.ItemCodes[row]],
                (float)((rows.Labels![row] - origin) / labels.Deviation),
                (float)(rows.Weight(row) / unit));
        }

        return entries;
    }

    private static double Iterate(RatingBlocks blocks, State state, float step, FitContext context)
    {
        var losses = new double[blocks.Side];
        foreach (var diagonal in blocks.NextDiagonals())
        {
            if (context.Threads == 1 || blocks.Side == 1)
            {
                for (var place = 0; place < blocks.Side; place++)
                {
                    Descend(place);
                }
            }
            else
            {
                Parallel.For(
                    0,
                    blocks.Side,
                    new ParallelOptions
                    {
                        MaxDegreeOfParallelism = context.Threads,
                        CancellationToken = context.CancellationToken,
                    },
                    Descend);
            }

            void Descend(int place) => blocks.Visit(diagonal, place, run =>
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                losses[place] += state.Descend(run, step);
            });
        }

        return losses.Sum();
    }

    private sealed class State
    {
        private readonly float _lambda;
        private readonly bool _nonNegative;

        public State(MatrixFactorizationOptions options, LabelScale labels, int users, int items, SeedTree seeds)
        {
            _lambda = (float)options.Lambda;
            _nonNegative = options.NonNegative;
            Users = new FactorTable(users, options.ApproximationRank);
            Items = new FactorTable(items, options.ApproximationRank);
            var deviation = InitialDeviation / Math.Sqrt(options.ApproximationRank);
            var (userMean, itemMean) = (0.0, 0.0);
            if (options.Biases)
            {
                UserBiases = new float[users];
                ItemBiases = new float[items];
            }
            else
            {
                // Without a mean of its own, the product of the factors starts at the mean of the labels.
                var target = labels.Mean / labels.Deviation;
                userMean = Math.Sqrt(Math.Abs(target) / options.ApproximationRank);
                itemMean = Math.Sign(target) * userMean;
            }

            Users.FillGaussian(seeds.Fork("user-factors").CreateRandom(), userMean, deviation, options.NonNegative);
            Items.FillGaussian(seeds.Fork("item-factors").CreateRandom(), itemMean, deviation, options.NonNegative);
        }

        public FactorTable Users { get; }

        public FactorTable Items { get; }

        public float[]? UserBiases { get; }

        public float[]? ItemBiases { get; }

        public double Descend(ReadOnlySpan<RatingEntry> run, float step) => MatrixFactorizationKernel.Descend(
            run, Users, Items, UserBiases, ItemBiases, step, _lambda, _nonNegative);

        /// <summary>Prediction of a user and an item, by number, in the scale of the values.</summary>
        public double Predict(int user, int item) =>
            FloatVectors.Dot(Users.Padded(user), Items.Padded(item))
            + (UserBiases is null ? 0 : UserBiases[user] + ItemBiases![item]);

        /// <summary>Whether every product of factors, and every bias, is a finite float.</summary>
        public bool IsFinite() =>
            Users.LargestLength() * Items.LargestLength() < float.MaxValue
            && Array.TrueForAll(UserBiases ?? [], float.IsFinite)
            && Array.TrueForAll(ItemBiases ?? [], float.IsFinite);
    }
}
