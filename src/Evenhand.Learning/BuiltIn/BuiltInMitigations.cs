using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Mitigations.In.FairnessRegularizer;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;
using Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;
using Evenhand.Learning.Mitigations.In.RatePenalty;
using Evenhand.Learning.Mitigations.Post.Calibrated;
using Evenhand.Learning.Mitigations.Post.CpFair;
using Evenhand.Learning.Mitigations.Post.DeterministicSorting;
using Evenhand.Learning.Mitigations.Post.FaIr;
using Evenhand.Learning.Mitigations.Post.GroupCalibration;
using Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;
using Evenhand.Learning.Mitigations.Post.Pmmf;
using Evenhand.Learning.Mitigations.Post.Xquad;
using Evenhand.Learning.Mitigations.Pre;
using Evenhand.Learning.Mitigations.Pre.Augmentation;

namespace Evenhand.Learning.BuiltIn;

/// <summary>The mitigations of this assembly, stage by stage.</summary>
public static class BuiltInMitigations
{
    /// <summary>All of them, in the order in which documentation lists them.</summary>
    public static IReadOnlyList<MitigationDescriptor> All { get; } =
    [
        Reweighing.Descriptor,
        BalancedSampling.Descriptor,
        InversePropensity.Descriptor,
        TermSwap.Descriptor,
        SynonymAugmentation.Descriptor,
        ParaphraseAugmentation.Descriptor,
        FairnessRegularizer.Descriptor,
        GroupDro.Descriptor,
        RatePenalty.Descriptor,
        PrecisionRecallPenalty.Descriptor,
        AdversarialDebiasing.Descriptor,
        ExposureRegularizer.Descriptor,
        GroupNegativeSampling.Descriptor,
        FaIr.Descriptor,
        DeterministicSorting.Descriptor,
        MaximalMarginalRelevance.Descriptor,
        Xquad.Descriptor,
        Calibrated.Descriptor,
        CpFair.Descriptor,
        Pmmf.Descriptor,
        GroupCalibration.Descriptor,
    ];
}
