using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>Fits latent factors to choices by alternating least squares over all user-item pairs (iALS).</summary>
/// <remarks>
/// <para>Minimizes, over factors p of users and q of items,
/// <c>sum over observed pairs w (1 - p.q)^2 + alpha sum over all pairs (p.q)^2
/// + l (sum f(u)^nu |p|^2 + sum f(i)^nu |q|^2)</c>, where an observed pair weighs as much as its rows together and
/// <c>f(u) = sum of the weights of u's pairs + alpha times the number of items</c>, likewise for items. Labels are not
/// read: each row is a choice.</para>
/// <para>Y. Hu, Y. Koren, C. Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008, eq. 3 to 5
/// (all pairs enter through one Gram matrix); unobserved weight, frequency-scaled regularization and the scale
/// <c>l = lambda sum f / sum f^nu</c> (sums over users and items), which keeps good lambdas in one region for all nu,
/// as in S. Rendle, W. Krichene, L. Zhang, Y. Koren, "Revisiting the performance of iALS on item recommendation
/// benchmarks", RecSys 2022, sections 2 and 3. Solvers: <see cref="ImplicitSolver.ConjugateGradient"/> G. Takacs,
/// I. Pilaszy, D. Tikk, RecSys 2011, section 4; <see cref="ImplicitSolver.BlockCoordinateDescent"/> S. Rendle,
/// W. Krichene, L. Zhang, Y. Koren, "iALS++: speeding up matrix factorization with subspace optimization", 2021,
/// section 4.</para>
/// <para>Each iteration solves for the items and then for the users, so that users end in the exact solution that
/// fold-in computes. The model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Rank, iterations, weights, solver.</param>
public sealed class ImplicitAlternatingLeastSquaresLearner(ImplicitAlternatingLeastSquaresOptions options)
    : Learner<ImplicitAlternatingLeastSquaresOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<ImplicitAlternatingLeastSquaresOptions>(
        ImplicitAlternatingLeastSquaresModel.Name,
        "Latent factors fitted to choices by alternating least squares over all user-item pairs.",
        [TaskKind.TopN],
        options => new ImplicitAlternatingLeastSquaresLearner(options),
        ImplicitAlternatingLeastSquaresModel.Read);

    // Of a whole row: its products start small against 1, whatever the rank.
    private const double InitialDeviation = 0.1;

    /// <summary>Every solver can learn under an <see cref="ExposureRegularizer"/>.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is ExposureRegularizer;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, ImplicitAlternatingLeastSquaresModel.Name, needsLabel: false);
        context = context.WithAtMost(Options.NumberOfThreads);
        var userNumbers = Renumbering.Of(rows.UserCodes, rows.Users.Count, context.Seeds.Fork("users"));
        var itemNumbers = Renumbering.Of(rows.ItemCodes, rows.Items.Count, context.Seeds.Fork("items"));
        var byUser = ObservedPairs.Of(rows, userNumbers, itemNumbers, ofItems: false, context.CancellationToken);
        var byItem = ObservedPairs.Of(rows, userNumbers, itemNumbers, ofItems: true, context.CancellationToken);
        var users = InitialFactors(userNumbers.Count, context.Seeds.Fork("user-factors"));
        var items = InitialFactors(itemNumbers.Count, context.Seeds.Fork("item-factors"));
        var ridges = FrequencyRegularization.Of(byUser, users.Rows, byItem, items.Rows, Options);
        var penalty = (context.Mitigation as ExposureRegularizer)?.Start(train, itemNumbers);
        var deviations = DeviationsOf(items);
        for (var iteration = 0; iteration < Options.NumberOfIterations; iteration++)
        {
            ImplicitHalfStep.Improve(items, users, byItem, ridges, Options, context, ofTable: deviations);
            deviations = DeviationsOf(items);
            ImplicitHalfStep.Improve(users, items, byUser, ridges, Options, context, deviations?.Directions);
            if (!(users.LargestLength() * items.LargestLength() < float.MaxValue))
            {
                throw new DivergenceException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ImplicitAlternatingLeastSquaresModel.Name} left the finite numbers in iteration "
                    + $"{iteration + 1} of {Options.NumberOfIterations}: raise lambda ({Options.Lambda}) or alpha "
                    + $"({Options.Alpha})."));
            }

            context.Progress?.Invoke(new WorkProgress(iteration + 1, Options.NumberOfIterations, "iterations"));
            context.Report(iteration + 1, double.NaN, Model);
        }

        return Model();

        ImplicitAlternatingLeastSquaresModel Model() => new(
            Options,
            ridges,
            rows.Users,
            rows.Items,
            FactorSide.Of(userNumbers, users, biases: null, unknownIsMean: true),
            FactorSide.Of(itemNumbers, items, biases: null, unknownIsMean: false),
            deviations?.Directions ?? new FactorTable(0, Options.ApproximationRank));

        GroupDeviations? DeviationsOf(FactorTable factors) =>
            penalty is null ? null : new GroupDeviations(penalty, factors, context.CancellationToken);
    }

    private FactorTable InitialFactors(int rows, SeedTree seeds)
    {
        var factors = new FactorTable(rows, Options.ApproximationRank);
        factors.FillGaussian(
            seeds.CreateRandom(), 0, InitialDeviation / Math.Sqrt(Options.ApproximationRank), Options.NonNegative);
        return factors;
    }
}
