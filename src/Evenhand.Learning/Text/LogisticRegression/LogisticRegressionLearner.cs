using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.Linear;

namespace Evenhand.Learning.Text.LogisticRegression;

/// <summary>Fits the probabilities of the classes of a text by regularized logistic regression over its
/// n-grams.</summary>
/// <remarks>
/// <para>Features: counts of word and character n-grams, hashed to columns (K. Weinberger et al., "Feature hashing
/// for large scale multitask learning", ICML 2009) or the most frequent ones, weighted by inverse document
/// frequency.</para>
/// <para>Two classes: minimizes <c>sum of s ln(1 + exp(-y (x.w + b))) + L2Regularization / 2 |w|^2 + L1Regularization
/// |w|_1</c> with y = 1 or -1 and weights s of rows and classes. Several classes: the same with the loss <c>-s ln
/// softmax(W x + b)_y</c>. Any number of labels: one problem of two classes for each label. There is one minimum, so
/// neither seed nor threads decide the model, save for what stochastic descent leaves to its tolerance.</para>
/// <para>Under a <see cref="PenaltyMitigation"/> the loss has the penalty beside it, times the sum of the weights, and
/// may have several minima: the solver starts at 0 and ends in the one that it comes to, the same one each time. Any
/// number of labels: each label has its own penalty, and its own worst group under <see cref="GroupDro"/>.</para>
/// <para>The label is numeric (1 is the positive class, 0 the negative), a category or a set of categories.</para>
/// </remarks>
/// <param name="options">Features, regularization, solver and class weights.</param>
public sealed class LogisticRegressionLearner(LogisticRegressionOptions options)
    : Learner<LogisticRegressionOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<LogisticRegressionOptions>(
        LogisticRegressionModel.Name,
        "Regularized logistic regression over word and character n-grams of a text.",
        TaskKinds.Texts,
        options => new LogisticRegressionLearner(options),
        LogisticRegressionModel.Read);

    /// <summary>Penalties between groups, and the worst group; not with sgd, which sees one row at a time.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) =>
        mitigation is PenaltyMitigation or GroupDro && Options.Solver != LogisticRegressionSolver.Sgd;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var texts = TrainingColumns.Text(train, LogisticRegressionModel.Name);
        var labels = RowLabels.Of(train, LogisticRegressionModel.Name);
        var weights = labels.Weights(train, Options.ClassWeights);
        var mitigation = context.Mitigation as IRowMitigation;
        mitigation?.Options.Validate();
        var groups = mitigation?.FindGroups(train);
        var (features, rows) = TextFeatures.Fit(texts, Options, context.Threads, context.CancellationToken);
        var means = LinearTextState.MeansOf(rows);
        var (coefficients, intercepts) = LogisticRegressionFit.Fit(
            rows, labels, weights, Options, context, groups, Model);
        return Model(coefficients, intercepts);

        LogisticRegressionModel Model(double[] coefficients, double[] intercepts) => new(
            Options, new LinearTextState(features, labels.Classes, coefficients, intercepts, means));
    }
}
