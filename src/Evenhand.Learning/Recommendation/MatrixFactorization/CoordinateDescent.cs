using Evenhand.Configuration;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Fits a matrix factorization to choices by coordinate descent on the one-class square loss.</summary>
/// <remarks>
/// <para>Minimizes, over users u and items i,
/// <c>sum over observed pairs w (1 - p.q)^2 + alpha sum over the others (c - p.q)^2</c>
/// plus, for each term and its weight, <c>lambda (|p|^2 + |q|^2)</c>. An observed pair weighs as much as its rows
/// together.</para>
/// <para>One factor of one user is the minimum of a parabola. With S the sum of all items' factors and G = Q'Q, the
/// pairs that were not observed enter through S and G alone, so a pass takes time in the number of rows times the
/// rank, plus the number of users and items times the rank squared (He, Zhang, Kan, Chua, SIGIR 2016, section 4.2).
/// Items go alike.</para>
/// </remarks>
internal static class CoordinateDescent
{
    private const double InitialDeviation = 0.1;

    public static MatrixFactorizationModel Fit(
        Interactions rows, MatrixFactorizationOptions options, FitContext context)
    {
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, context.Seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, context.Seeds.Fork("items"));
        var users = new FactorTable(userNumbers.Count, options.ApproximationRank);
        var items = new FactorTable(itemNumbers.Count, options.ApproximationRank);
        var deviation = InitialDeviation / Math.Sqrt(options.ApproximationRank);
        users.FillGaussian(
            context.Seeds.Fork("user-factors").CreateRandom(), 0, deviation, options.NonNegative);
        items.FillGaussian(
            context.Seeds.Fork("item-factors").CreateRandom(), 0, deviation, options.NonNegative);
        var byUser = ObservedPairs.Of(rows, userNumbers, itemNumbers, ofItems: false, context.CancellationToken);
        var byItem = ObservedPairs.Of(rows, userNumbers, itemNumbers, ofItems: true, context.CancellationToken);
        for (var iteration = 0; iteration < options.NumberOfIterations; iteration++)
        {
            CoordinateDescentKernel.Improve(users, items, byUser, options, context);
            CoordinateDescentKernel.Improve(items, users, byItem, options, context);
            context.Progress?.Invoke(new WorkProgress(iteration + 1, options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, double.NaN, Model);
        }

        return Model();

        MatrixFactorizationModel Model() => new(options, new RatingFactors(
            rows.Users,
            rows.Items,
            new LabelScale(0, 1, 0, 1),
            FactorSide.Of(userNumbers, users, biases: null, unknownIsMean: true),
            FactorSide.Of(itemNumbers, items, biases: null, unknownIsMean: false)));
    }
}
