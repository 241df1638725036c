using System.Globalization;
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
        var positives = Classes(train);
        var weights = TrainingColumns.Weights(train)?.Values.ToArray() ?? Ones(positives.Length);
        if (Options.ClassWeights == ClassWeighting.Balanced)
        {
            Balance(positives, weights);
        }

        var (features, rows) = TextFeatures.Fit(texts, Options, context.Threads, context.CancellationToken);
        var (coefficients, intercept) = LogisticRegressionKernel.Fit(rows, positives, weights, Options, context);
        return new LogisticRegressionModel(Options, features, coefficients, intercept);
    }

    private static bool[] Classes(Dataset train)
    {
        var label = TrainingColumns.NumericLabel(train, LogisticRegressionModel.Name);
        if (label.Length == 0)
        {
            throw new InputException($"Nothing to learn from: '{train.Name}' has no rows.");
        }

        var positives = new bool[label.Length];
        for (var row = 0; row < positives.Length; row++)
        {
            positives[row] = label.Values[row] switch
            {
                0 => false,
                1 => true,
                var other => throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The label '{label.Name}' is {other} in row {row} (from 0) of '{train.Name}'; "
                    + $"'{LogisticRegressionModel.Name}' needs 1 (positive) or 0 (negative).")),
            };
        }

        return positives;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static void Balance(bool[] positives, double[] weights)
    {
        var positive = 0.0;
        var all = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            all += weights[row];
            positive += positives[row] ? weights[row] : 0;
        }

        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] *= all / (2 * (positives[row] ? positive : all - positive));
        }
    }
}
