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
        var seeds = context.Seeds;
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, seeds.Fork("items"));
        var mitigation = context.Mitigation as RatingMitigation;
        var ratings = new ScaledRatings(
            rows, labels, options.Biases, userNumbers, itemNumbers, weighted: mitigation is not null);
        var state = new State(options, labels, ratings, context);
        var blocks = RatingBlocks.Of(
            ratings, state.RowBytes, context with { Seeds = seeds.Fork("ratings") });
        var schedule = new BlockSchedule(blocks.Side);
        var order = seeds.Fork("diagonals").CreateRandom();
        var adjuster = mitigation is null ? null : RatingAdjuster.Of(mitigation, train, userNumbers, ratings);
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            adjuster?.Adjust(blocks.AllEntries, blocks.AllWeights, state.Predict, context.CancellationToken);
            var step = options.LearningRate * (options.NumberOfIterations - iteration) / options.NumberOfIterations;
            var losses = new double[blocks.Side];
            schedule.Run(order.NextPermutation(blocks.Side), context, (row, column) =>
                losses[row] += state.Descend(blocks, row, column, (float)step, context.CancellationToken));
            if (!double.IsFinite(losses.Sum()))
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

    private sealed class State
    {
        // A slice of a block is over before anybody waits for a cancellation.
        private const int RatingsOfSlice = 1 << 15;

        private readonly float _lambda;
        private readonly bool _nonNegative;
        private readonly bool _usersAreRows;

        public State(MatrixFactorizationOptions options, LabelScale labels, ScaledRatings ratings, FitContext context)
        {
            _lambda = (float)options.Lambda;
            _nonNegative = options.NonNegative;
            _usersAreRows = ratings.UsersAreRows;
            var (users, items) = _usersAreRows ? (ratings.Rows, ratings.Columns) : (ratings.Columns, ratings.Rows);
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

            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            };
            Users.FillUniform(
                context.Seeds.Fork("user-factors").CreateRandom(), userMean, deviation, options.NonNegative, parallel);
            Items.FillUniform(
                context.Seeds.Fork("item-factors").CreateRandom(), itemMean, deviation, options.NonNegative, parallel);
        }

        public FactorTable Users { get; }

        public FactorTable Items { get; }

        public float[]? UserBiases { get; }

        public float[]? ItemBiases { get; }

        /// <summary>Bytes of the factors of one user or item.</summary>
        public int RowBytes => Users.Stride * sizeof(float);

        /// <summary>Takes one step for each rating of a block.</summary>
        /// <returns>The weighted sum of squared errors.</returns>
        public double Descend(
            RatingBlocks blocks, int row, int column, float step, CancellationToken cancellationToken)
        {
            var entries = blocks.Entries(row, column);
            var weights = blocks.Weights(row, column);
            var loss = 0.0;
            for (var start = 0; start < entries.Length; start += RatingsOfSlice)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Math.Min(RatingsOfSlice, entries.Length - start);
                loss += MatrixFactorizationKernel.Descend(
                    entries.Slice(start, count),
                    weights.IsEmpty ? weights : weights.Slice(start, count),
                    _usersAreRows ? Users : Items,
                    _usersAreRows ? Items : Users,
                    _usersAreRows ? UserBiases : ItemBiases,
                    _usersAreRows ? ItemBiases : UserBiases,
                    step,
                    _lambda,
                    _nonNegative);
            }

            return loss;
        }

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
