using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Fits the probability of the positive class of a text by L2-regularized logistic regression over its
/// n-grams.</summary>
/// <remarks>
/// <para>Features: counts of word and character n-grams, hashed to columns (K. Weinberger et al., "Feature hashing
/// for large scale multitask learning", ICML 2009), weighted by inverse document frequency, rows of length 1.</para>
/// <para>Minimizes <c>sum of s ln(1 + exp(-y (x.w + b))) + L2Regularization / 2 |w|^2</c> with y = 1 or -1 and
/// weights s of rows and classes, by a truncated Newton method. There is one minimum, so neither seed nor threads
/// decide the model.</para>
/// <para>The label is numeric: 1 is the positive class, 0 the negative.</para>
/// </remarks>
/// <param name="options">Features, regularization and class weights.</param>
public sealed class LogisticRegressionLearner(LogisticRegressionOptions options)
    : Learner<LogisticRegressionOptions>(options)
{
    /// <inheritdoc/>
    public override Model Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        Options.Validate();
        var texts = TrainingColumns.Text(train, LogisticRegressionModel.Name);
        var labels = TextLabels.Of(train, LogisticRegressionModel.Name);
        var weights = labels.Weights(train, Options.ClassWeights);
        var (features, rows) = TextFeatures.Fit(texts, Options, context.Threads, context.CancellationToken);
        var (coefficients, intercept) = LogisticRegressionKernel.Fit(rows, labels.Have(1), weights, Options, context);
        return new LogisticRegressionModel(Options, features, coefficients, intercept);
    }
}
