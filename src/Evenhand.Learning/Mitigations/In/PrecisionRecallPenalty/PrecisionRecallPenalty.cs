namespace Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;

/// <summary>Adds the differences between groups in precision times recall, both soft, to the loss of a
/// classifier.</summary>
/// <remarks>
/// With weights w, labels y and probabilities p of the rows of a group, <c>T = sum of w y p</c>, <c>P = sum of w p</c>
/// and
/// <c>A = sum of w y</c>: precision is <c>T / P</c>, recall <c>T / A</c>, and their product, the square of their
/// geometric mean (the index of E. Fowlkes, C. Mallows 1983), is <c>s = T^2 / (P A)</c>. It falls when either of the
/// two does, so a group cannot be served by trading one against the other.
/// </remarks>
/// <param name="options">Group and weight.</param>
public sealed class PrecisionRecallPenalty(PrecisionRecallPenaltyOptions options) : PenaltyMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<PrecisionRecallPenaltyOptions>(
        MitigationName,
        "Adds differences between groups in soft precision times soft recall to the loss.",
        TaskKinds.Classes,
        options => new PrecisionRecallPenalty(options),
        MitigationStage.In);

    internal const string MitigationName = "precision-recall-penalty";

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
        return new PrecisionRecallDifference(options.Weight);
    }
}
