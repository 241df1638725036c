using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Ratings;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

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
        var state = new State(options, labels, userNumbers.Count, itemNumbers.Count, context);
        var blocks = RatingBlocks.Of(
            ratings, state.RowBytes, context with { Seeds = seeds.Fork("ratings") });
        var adjuster = mitigation is null ? null : RatingAdjuster.Of(mitigation, train, userNumbers, ratings);
        Descend(
            blocks,
            state,
            () => adjuster?.Adjust(blocks.AllEntries, blocks.AllWeights, state.Predict, context.CancellationToken),
            Model,
            options,
            context);
        return Model();

        MatrixFactorizationModel Model() =>
            state.Model(options, rows.Users, rows.Items, labels, userNumbers, itemNumbers);
    }

    /// <summary>Fits to the ratings of a file, which are never in memory together: they are sorted into blocks in a
    /// file of their own, and read from it block by block in each iteration.</summary>
    /// <remarks>The model is that of the same ratings in memory, bit for bit.</remarks>
    /// <param name="file">The ratings.</param>
    /// <param name="folder">Where the file of blocks lies during the fit: 12 bytes a rating.</param>
    /// <param name="options">Rank, iterations, step, regularization.</param>
    /// <param name="context">Seeds, threads, cancellation.</param>
    public static MatrixFactorizationModel Fit(
        RatingFile file, string folder, MatrixFactorizationOptions options, FitContext context)
    {
        var seeds = context.Seeds;
        var ofBlocks = context with { Seeds = seeds.Fork("ratings") };
        var survey = RatingSurvey.Of(file, ofBlocks);
        var labels = survey.Scale(file, context.CancellationToken);
        var userNumbers = Renumbering.Of(survey.Users, file.Users.Count, seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(survey.Items, file.Items.Count, seeds.Fork("items"));
        var state = new State(options, labels, userNumbers.Count, itemNumbers.Count, context);
        using (var blocks = RatingBlockFile.Of(
            file,
            survey,
            new RatingScale(labels, options.Biases),
            userNumbers,
            itemNumbers,
            state.RowBytes,
            folder,
            ofBlocks))
        {
            Descend(blocks, state, () => { }, Model, options, context);
        }

        return Model();

        MatrixFactorizationModel Model() =>
            state.Model(options, file.Users, file.Items, labels, userNumbers, itemNumbers);
    }

    private static void Descend(
        IRatingBlocks blocks,
        State state,
        Action adjust,
        Func<MatrixFactorizationModel> model,
        MatrixFactorizationOptions options,
        FitContext context)
    {
        var schedule = new BlockSchedule(blocks.Side);
        var order = context.Seeds.Fork("diagonals").CreateRandom();
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            adjust();
            var step = options.LearningRate * (options.NumberOfIterations - iteration) / options.NumberOfIterations;
            var losses = new double[blocks.Side];
            var counts = new long[blocks.Side];
            schedule.Run(order.NextPermutation(blocks.Side), context, (row, column) => blocks.Visit(
                row,
                column,
                (entries, weights) =>
                {
                    losses[row] += state.Descend(entries, weights, (float)step);
                    counts[row] += entries.Length;
                },
                context.CancellationToken));
            if (!double.IsFinite(losses.Sum()))
            {
                throw Diverged(options, iteration + 1);
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, losses.Sum() / counts.Sum(), model);
        }

        // A loss is taken before its step: what the last steps did shows in the factors alone.
        if (!state.IsFinite())
        {
            throw Diverged(options, options.NumberOfIterations);
        }
    }

    private static DivergenceException Diverged(MatrixFactorizationOptions options, int iteration) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"matrix-factorization diverged in iteration {iteration} of {options.NumberOfIterations}: "
            + $"lower learningRate ({options.LearningRate}) or lambda ({options.Lambda})."));

    private sealed class State
    {
        private readonly float _lambda;
        private readonly bool _nonNegative;
        private readonly bool _usersAreRows;

        public State(MatrixFactorizationOptions options, LabelScale labels, int users, int items, FitContext context)
        {
            _lambda = (float)options.Lambda;
            _nonNegative = options.NonNegative;
            _usersAreRows = ScaledRatings.AreUsersRows(users, items);
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

        /// <summary>Takes one step for each rating.</summary>
        /// <returns>The weighted sum of squared errors.</returns>
        public double Descend(ReadOnlySpan<RatingEntry> entries, ReadOnlySpan<float> weights, float step) =>
            MatrixFactorizationKernel.Descend(
                entries,
                weights,
                _usersAreRows ? Users : Items,
                _usersAreRows ? Items : Users,
                _usersAreRows ? UserBiases : ItemBiases,
                _usersAreRows ? ItemBiases : UserBiases,
                step,
                _lambda,
                _nonNegative);

        /// <summary>The model as it stands.</summary>
        public MatrixFactorizationModel Model(
            MatrixFactorizationOptions options,
            Vocabulary users,
            Vocabulary items,
            LabelScale labels,
            Renumbering userNumbers,
            Renumbering itemNumbers) => new(options, new RatingFactors(
                users,
                items,
                labels,
                FactorSide.Of(userNumbers, Users, UserBiases, unknownIsMean: !options.Biases),
                FactorSide.Of(itemNumbers, Items, ItemBiases, unknownIsMean: !options.Biases)));

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
