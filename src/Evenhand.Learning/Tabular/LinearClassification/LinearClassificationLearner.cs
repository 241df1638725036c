using Evenhand.Data;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.GroupDro;

namespace Evenhand.Learning.Tabular.LinearClassification;

/// <summary>Fits the probabilities of the classes of a row of features by regularized logistic regression.</summary>
/// <remarks>
/// <para>Features are standardized numbers, a 0 or 1 for each category, and one for the missing values of each column that
/// has them. Two classes: minimizes <c>sum of s ln(1 + exp(-y (x.w + b))) + L2Regularization / 2 |w|^2 +
/// L1Regularization |w|_1</c> with y = 1 or -1 and weights s of rows and classes; several classes: the same with the loss
/// <c>-s ln softmax(W x + b)_y</c>. There is one minimum, so neither seed nor threads decide the model.</para>
/// <para>Under a <see cref="PenaltyMitigation"/> the loss has the penalty beside it, times the sum of the
/// weights.</para>
/// <para>T. Hastie, R. Tibshirani, J. Friedman, "The elements of statistical learning", 2009, section 4.4.</para>
/// </remarks>
/// <param name="options">Regularization, solver and class weights.</param>
public sealed class LinearClassificationLearner(LinearClassificationOptions options)
    : Learner<LinearClassificationOptions>(options)
{
    internal const string Name = "linear-classification";

    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<LinearClassificationOptions>(
        Name,
        "Regularized logistic regression over numbers and categories.",
        TaskKinds.TabularClasses,
        options => new LinearClassificationLearner(options),
        LinearClassificationModel.Read);

    /// <summary>Penalties between groups, and the worst group.</summary>
    /// <inheritdoc/>
    public override bool Supports(InMitigation mitigation) => mitigation is PenaltyMitigation or GroupDro;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var labels = RowLabels.Of(train, Name);
        var weights = labels.Weights(train, Options.ClassWeights);
        var mitigation = context.Mitigation as IRowMitigation;
        mitigation?.Options.Validate();
        var features = TabularFeatures.Fit(train, Options.UseGroupAttributes, Name);
        Model Of(double[] coefficients, double[] intercepts) =>
            new LinearClassificationModel(Options, features, labels.Classes, coefficients, intercepts);
        var (coefficients, intercepts) = LogisticRegressionFit.Fit(
            features.Transform(train, Name), labels, weights, Options, context, mitigation?.FindGroups(train), Of);
        return Of(coefficients, intercepts);
    }
}
