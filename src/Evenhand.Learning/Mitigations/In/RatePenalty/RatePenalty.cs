namespace Evenhand.Learning.Mitigations.In.RatePenalty;

/// <summary>Adds the differences between groups in a soft rate to the loss of a classifier.</summary>
/// <remarks>
/// The soft rate of a group is the weighted mean of the probability over its rows (selection), its positive rows (true
/// positives) or its negative rows (false positives). Demographic parity: C. Dwork et al., "Fairness through
/// awareness", ITCS 2012; equal opportunity and equalized odds: M. Hardt, E. Price, N. Srebro, "Equality of opportunity
/// in supervised learning", NIPS 2016; such differences as terms of a loss: Y. Bechavod, K. Ligett, "Penalizing
/// unfairness in binary classification", 2017.
/// </remarks>
/// <param name="options">Group, rate and weight.</param>
public sealed class RatePenalty(RatePenaltyOptions options) : PenaltyMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<RatePenaltyOptions>(
        MitigationName,
        "Adds differences between groups in soft rates (of selection, true or false positives) to the loss.",
        TaskKinds.Classes,
        options => new RatePenalty(options),
        MitigationStage.In);

    internal const string MitigationName = "rate-penalty";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string Group => options.Group;

    /// <inheritdoc/>
    protected override MitigationOptions UntypedOptions => options;

    /// <inheritdoc/>
    public override GroupPenalty Start()
    {
        options.Validate();
        return new RateDifference(options.Rate, options.Weight);
    }
}
