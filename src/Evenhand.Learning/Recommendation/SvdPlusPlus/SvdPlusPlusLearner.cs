using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>Fits factors to ratings in which a user is known by the ratings given and by which items were rated at
/// all.</summary>
/// <remarks>
/// <para>Predicts <c>m + s (bu + bi + q.(p + |N|^-1/2 sum over j in N of y_j))</c>, where N are the items that the user
/// rated and m and s are mean and standard deviation of the training labels, by stochastic gradient descent with a step
/// that falls linearly to 0 (Y. Koren, "Factorization meets the neighborhood", KDD 2008, eq. 15).</para>
/// <para>Users are visited in random order, and all ratings of one after the other; the model is the same for any
/// number of threads.</para>
/// </remarks>
/// <param name="options">Rank, iterations, step, regularization.</param>
public sealed class SvdPlusPlusLearner(SvdPlusPlusOptions options) : Learner<SvdPlusPlusOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<SvdPlusPlusOptions>(
        SvdPlusPlusModel.Name,
        "Matrix factorization in which a user is known by the ratings given and by which items were rated at all.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new SvdPlusPlusLearner(options),
        SvdPlusPlusModel.Read);

    private const double InitialDeviation = 0.1;
    private const int UsersBetweenPolls = 16;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, SvdPlusPlusModel.Name, needsLabel: true);
        context.CancellationToken.ThrowIfCancellationRequested();
        var labels = LabelScale.Of(rows);
        var kernel = new SvdPlusPlusKernel(
            Options,
            Table(rows.Users.Count, "users"),
            Table(rows.Items.Count, "items"),
            Table(rows.Items.Count, "rated"));
        var index = EntityIndex.Of(rows.UserCodes, rows.ItemCodes, rows.Users.Count);
        var ratings = new RatedItems[rows.Users.Count];
        var unit = rows.Weights?.Average() ?? 1;
        for (var user = 0; user < ratings.Length; user++)
        {
            ratings[user] = RatedItems.Of(rows, index.RowsOf(user), labels, unit);
        }

        var random = context.Seeds.Fork("order").CreateRandom();
        for (var iteration = 0; iteration < Options.NumberOfIterations; iteration++)
        {
            var step = Options.LearningRate * (Options.NumberOfIterations - iteration) / Options.NumberOfIterations;
            var loss = 0.0;
            var visited = 0;
            foreach (var user in random.NextPermutation(ratings.Length))
            {
                if (visited++ % UsersBetweenPolls == 0)
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                }

                random.Shuffle<RatedItem>(ratings[user].Ratings);
                loss += kernel.Descend(user, ratings[user], (float)step);
            }

            if (!double.IsFinite(loss))
            {
                throw Diverged(iteration + 1);
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, Options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, loss / rows.Count, () => Model(kernel.Copy()));
        }

        return Model(kernel);

        SvdPlusPlusModel Model(SvdPlusPlusKernel fitted) =>
            SvdPlusPlusModel.Of(Options, rows, labels, fitted, ratings) ?? throw Diverged(Options.NumberOfIterations);

        FactorTable Table(int count, string name)
        {
            var table = new FactorTable(count, Options.ApproximationRank);
            table.FillGaussian(
                context.Seeds.Fork($"{name}-factors").CreateRandom(),
                0,
                InitialDeviation / Math.Sqrt(Options.ApproximationRank),
                nonNegative: false);
            return table;
        }
    }

    private DivergenceException Diverged(int iteration) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{SvdPlusPlusModel.Name} diverged in iteration {iteration} of {Options.NumberOfIterations}: "
        + $"lower learningRate ({Options.LearningRate}) or lambda ({Options.Lambda})."));
}
