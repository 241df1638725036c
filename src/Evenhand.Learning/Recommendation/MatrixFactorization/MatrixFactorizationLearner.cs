using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Ratings;
using Evenhand.Learning.Mitigations.In;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Fits latent factors of users and items, to ratings or to choices.</summary>
/// <remarks>
/// <para><see cref="MatrixFactorizationLoss.SquareLossRegression"/>: predicts <c>m + s (bu + bi + p.q)</c>, where m
/// and s are mean and standard deviation of the training labels, by stochastic gradient descent with a step that
/// falls linearly to 0 (Y. Koren, R. Bell, C. Volinsky, "Matrix factorization techniques for recommender systems",
/// IEEE Computer 42(8), 2009, eq. 5).</para>
/// <para><see cref="MatrixFactorizationLoss.SquareLossOneClass"/>: predicts <c>p.q</c>, which minimizes the squared
/// error over all user-item pairs (observed ones have target 1, the others target C and weight Alpha), by coordinate
/// descent (X. He, H. Zhang, M. Kan, T. Chua, "Fast matrix factorization for online recommendation with implicit
/// feedback", SIGIR 2016, eq. 12 and 13). Labels are not read: each row is a choice.</para>
/// <para>The model does not depend on the number of threads.</para>
/// </remarks>
/// <param name="options">Rank, iterations, step, regularization.</param>
public sealed class MatrixFactorizationLearner(MatrixFactorizationOptions options)
    : Learner<MatrixFactorizationOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<MatrixFactorizationOptions>(
        MatrixFactorizationModel.Name,
        "Latent factors of users and items: biased ratings by stochastic gradient descent, or one-class choices "
        + "by coordinate descent.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new MatrixFactorizationLearner(options),
        MatrixFactorizationModel.Read);

    /// <summary>Ratings are fitted under a <see cref="RatingMitigation"/>, choices under none.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) =>
        mitigation is RatingMitigation && Options.LossFunction == MatrixFactorizationLoss.SquareLossRegression;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var oneClass = Options.LossFunction == MatrixFactorizationLoss.SquareLossOneClass;
        var rows = Interactions.Of(train, MatrixFactorizationModel.Name, needsLabel: !oneClass);
        return oneClass
            ? CoordinateDescent.Fit(rows, Options, context.WithAtMost(Options.NumberOfThreads))
            : GradientDescent.Fit(train, rows, Options, context.WithAtMost(Options.NumberOfThreads));
    }

    /// <summary>Fits a model on ratings that are larger than memory. In memory are the factors; the ratings are sorted
    /// into blocks in a file of their own, 12 bytes each, and read from it block by block in each iteration.</summary>
    /// <remarks>The model is the one that a data set of the same ratings gives, bit for bit.</remarks>
    /// <param name="ratings">The ratings.</param>
    /// <param name="workFolder">Where the file of blocks lies during the fit; it is deleted afterwards.</param>
    /// <param name="context">Seeds, threads, cancellation; without a mitigation.</param>
    /// <exception cref="InputException">The options ask for choices, not ratings; the file has no ratings or is
    /// damaged; the folder takes no file of that size.</exception>
    /// <exception cref="ArgumentException">The context has a mitigation.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token of the context was cancelled.</exception>
    public MatrixFactorizationModel Fit(RatingFile ratings, string workFolder, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentException.ThrowIfNullOrEmpty(workFolder);
        ArgumentNullException.ThrowIfNull(context);
        Options.Validate();
        if (context.Mitigation is not null)
        {
            throw new ArgumentException("A file of ratings is fitted without a mitigation.", nameof(context));
        }

        if (Options.LossFunction != MatrixFactorizationLoss.SquareLossRegression)
        {
            throw new InputException(
                $"A file of ratings is fitted with lossFunction {MatrixFactorizationLoss.SquareLossRegression}, not "
                + $"{Options.LossFunction}.");
        }

        return GradientDescent.Fit(ratings, workFolder, Options, context.WithAtMost(Options.NumberOfThreads));
    }
}
