namespace Evenhand.Learning.Mitigations.In.FairnessRegularizer;

/// <summary>Adds a measure of unfairness between groups of users to the loss of a rating learner.</summary>
/// <remarks>
/// <para>Minimizes <c>mean squared error + weight U</c>, where U is one of the measures of S. Yao, B. Huang, "Beyond
/// parity: fairness objectives for collaborative filtering", NIPS 2017, eq. 6 to 10, over the training ratings.
/// Absolute values are smoothed, <c>|x| ~ sqrt(x^2 + 0.05^2)</c> in units of the labels' deviation. With more than two
/// groups U is the mean over groups of each one against all others.</para>
/// <para>The gradient of U is taken before each iteration and moves the targets of the ratings in it; no target moves
/// by more than one standard deviation of the labels.</para>
/// </remarks>
/// <param name="options">Group, measure and weight.</param>
public sealed class FairnessRegularizer(FairnessRegularizerOptions options) : RatingMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<FairnessRegularizerOptions>(
        MitigationName,
        "Adds an unfairness between groups of users (value, absolute, under, over, non-parity) to the loss.",
        [TaskKind.RatingPrediction],
        options => new FairnessRegularizer(options),
        MitigationStage.In);

    internal const string MitigationName = "fairness-regularizer";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string Group => options.Group;

    /// <inheritdoc/>
    public override RatingAdjustment Start(int items, int groups)
    {
        options.Validate();
        return new UnfairnessPull(options.Unfairness, options.Weight);
    }
}
