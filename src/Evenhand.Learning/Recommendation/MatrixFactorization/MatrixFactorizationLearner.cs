using Evenhand.Data;

namespace Evenhand.Learning;

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
    /// <summary>Ratings are fitted under a <see cref="RatingMitigation"/>, choices under none.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) =>
        mitigation is RatingMitigation && Options.LossFunction == MatrixFactorizationLoss.SquareLossRegression;

    /// <inheritdoc/>
    public override Model Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Options.Validate();
        var oneClass = Options.LossFunction == MatrixFactorizationLoss.SquareLossOneClass;
        var rows = Interactions.Of(train, MatrixFactorizationModel.Name, needsLabel: !oneClass);
        var surroundings = context with
        {
            Threads = Options.NumberOfThreads == 0
                ? context.Threads
                : Math.Min(Options.NumberOfThreads, context.Threads),
        };
        return oneClass
            ? CoordinateDescent.Fit(rows, Options, surroundings)
            : GradientDescent.Fit(train, rows, Options, surroundings);
    }
}
