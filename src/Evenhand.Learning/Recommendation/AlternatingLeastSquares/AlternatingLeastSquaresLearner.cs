using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.AlternatingLeastSquares;

/// <summary>Fits latent factors of users and items to ratings by alternating least squares.</summary>
/// <remarks>
/// <para>Predicts <c>m + s (bu + bi + p.q)</c>, where m and s are mean and standard deviation of the training labels,
/// and minimizes the squared error of the scaled ratings r, each with its weight w, plus
/// <c>lambda (sum n(u) (|p|^2 + bu^2) + sum n(i) (|q|^2 + bi^2))</c>, where n is the sum of the weights of a user's or
/// item's ratings: the weighted-lambda regularization of Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan, "Large-scale
/// parallel collaborative filtering for the Netflix prize", AAIM 2008, eq. 4. A bias is solved for together with the
/// factors, as one more of them against a constant 1.</para>
/// <para>Several ratings of one pair count as their weighted mean with the sum of their weights. Each iteration solves
/// for the items and then for the users, so that users end in the solution that fold-in computes. The model does not
/// depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Rank, iterations, regularization.</param>
public sealed class AlternatingLeastSquaresLearner(AlternatingLeastSquaresOptions options)
    : Learner<AlternatingLeastSquaresOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<AlternatingLeastSquaresOptions>(
        AlternatingLeastSquaresModel.Name,
        "Latent factors and biases fitted to ratings by alternating least squares.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new AlternatingLeastSquaresLearner(options),
        AlternatingLeastSquaresModel.Read);

    // Small against the deviation 1 of the scaled labels, so that biases come first.
    private const double InitialDeviation = 0.1;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, AlternatingLeastSquaresModel.Name, needsLabel: true);
        context = context.WithAtMost(Options.NumberOfThreads);
        var labels = LabelScale.Of(rows);
        var origin = Options.Biases ? labels.Mean : 0;
        var values = Array.ConvertAll(rows.Labels!, label => (label - origin) / labels.Deviation);
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, context.Seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, context.Seeds.Fork("items"));
        var byUser = ObservedPairs.Of(rows, userNumbers, itemNumbers, false, context.CancellationToken, values);
        var byItem = ObservedPairs.Of(rows, userNumbers, itemNumbers, true, context.CancellationToken, values);
        var target = Options.Biases ? 0 : labels.Mean / labels.Deviation;
        var users = InitialFactors(userNumbers.Count, target, context.Seeds.Fork("user-factors"));
        var items = InitialFactors(itemNumbers.Count, target, context.Seeds.Fork("item-factors"));
        for (var iteration = 0; iteration < Options.NumberOfIterations; iteration++)
        {
            AlternatingHalfStep.Improve(items, users, byItem, Options, context);
            AlternatingHalfStep.Improve(users, items, byUser, Options, context);
            if (!(users.LargestLength() * items.LargestLength() < float.MaxValue))
            {
                throw new DivergenceException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{AlternatingLeastSquaresModel.Name} left the finite numbers in iteration {iteration + 1} of "
                    + $"{Options.NumberOfIterations}: raise lambda ({Options.Lambda})."));
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, Options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, double.NaN, Model);
        }

        return Model();

        AlternatingLeastSquaresModel Model() => new(Options, new RatingFactors(
            rows.Users, rows.Items, labels, Side(userNumbers, users), Side(itemNumbers, items)));
    }

    // Without a mean of its own, the product of the factors starts at the mean of the labels.
    private FactorTable InitialFactors(int rows, double target, SeedTree seeds)
    {
        var factors = new FactorTable(rows, Options.ApproximationRank + (Options.Biases ? 1 : 0));
        factors.FillGaussian(
            seeds.CreateRandom(),
            Math.Sqrt(Math.Abs(target) / Options.ApproximationRank),
            InitialDeviation / Math.Sqrt(Options.ApproximationRank),
            Options.NonNegative);
        for (var row = 0; row < rows && Options.Biases; row++)
        {
            factors[row][Options.ApproximationRank] = 0;
        }

        return factors;
    }

    private FactorSide Side(Renumbering numbers, FactorTable solved)
    {
        var factors = new FactorTable(solved.Rows, Options.ApproximationRank);
        var biases = new float[solved.Rows];
        for (var row = 0; row < solved.Rows; row++)
        {
            solved[row][..Options.ApproximationRank].CopyTo(factors[row]);
            biases[row] = Options.Biases ? solved[row][Options.ApproximationRank] : 0;
        }

        return FactorSide.Of(numbers, factors, biases, unknownIsMean: !Options.Biases);
    }
}
