namespace Evenhand.Learning.Mitigations.In.AdversarialDebiasing;

/// <summary>Learns vectors of texts from which an adversary, which learns at the same time, cannot tell the
/// group.</summary>
/// <remarks>
/// <para>The adversary is a network with one hidden layer that predicts the group from the vector of a text, by cross
/// entropy. Its gradient goes back into the encoder with the factor -lambda: Y. Ganin, V. Lempitsky, "Unsupervised
/// domain adaptation by backpropagation", ICML 2015, eq. 9 and 10. <c>lambda = weight (2 / (1 + exp(-10 t)) - 1)</c>
/// where t goes from 0 to 1 over the training (their section 4.1).</para>
/// <para>To condition on the label follows B. Zhang, B. Lemoine, M. Mitchell, "Mitigating unwanted biases with
/// adversarial learning", AIES 2018, section 3.2. Their adversary sees the prediction; this one sees the whole vector,
/// which tells no less. It works in neural learners.</para>
/// </remarks>
/// <param name="options">Group, weight and what the adversary sees.</param>
public sealed class AdversarialDebiasing(AdversarialDebiasingOptions options) : RowMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<AdversarialDebiasingOptions>(
        MitigationName,
        "Learns vectors of texts from which an adversary cannot tell the group, by gradient reversal.",
        TaskKinds.Texts,
        options => new AdversarialDebiasing(options),
        MitigationStage.In);

    internal const string MitigationName = "adversarial-debiasing";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override string Group => options.Group;

    /// <inheritdoc/>
    protected override MitigationOptions UntypedOptions => options;

    /// <summary>Factor of the reversed gradient at the end of the training.</summary>
    public double Weight => options.Weight;

    /// <summary>Whether the adversary sees the label.</summary>
    public bool ConditionOnLabel => options.ConditionOnLabel;
}
