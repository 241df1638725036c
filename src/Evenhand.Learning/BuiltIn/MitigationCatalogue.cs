using Evenhand.Configuration;
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

/// <summary>The mitigations that an experiment can name.</summary>
public static class MitigationCatalogue
{
    /// <summary>The word that stands for no mitigation.</summary>
    public const string None = "none";

    private static readonly TaskKind[] Recommendation = [TaskKind.RatingPrediction, TaskKind.TopN];
    private static readonly TaskKind[] Lists = [TaskKind.TopN];
    private static readonly TaskKind[] Ratings = [TaskKind.RatingPrediction];
    private static readonly TaskKind[] Texts =
    [
        TaskKind.TextClassification, TaskKind.MulticlassTextClassification, TaskKind.MultiLabelTextClassification,
    ];

    private static readonly TaskKind[] Every = [.. Enum.GetValues<TaskKind>()];

    /// <summary>All mitigations, stage by stage, in the order in which documentation lists them.</summary>
    public static IReadOnlyList<MitigationDescriptor> Mitigations { get; } =
    [
        MitigationDescriptor.Of<ReweighingOptions>(
            Reweighing.MitigationName,
            "Weighs rows so that a group and a second attribute (item group or label) look independent.",
            Every,
            options => new Reweighing(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<BalancedSamplingOptions>(
            BalancedSampling.MitigationName,
            "Repeats or leaves out rows until the groups are as large as each other.",
            Every,
            options => new BalancedSampling(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<InversePropensityOptions>(
            InversePropensity.MitigationName,
            "Weighs rows against the popularity of their items, by which rows come to be observed.",
            Recommendation,
            options => new InversePropensity(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<TermSwapOptions>(
            TermSwap.MitigationName,
            "Swaps identity terms in training texts (she, he): the copy has the same label.",
            Texts,
            options => new TermSwap(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<SynonymAugmentationOptions>(
            SynonymAugmentation.MitigationName,
            "Adds training texts in which terms are replaced by synonyms of a table.",
            Texts,
            options => new SynonymAugmentation(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<ParaphraseAugmentationOptions>(
            ParaphraseAugmentation.MitigationName,
            "Adds training texts with a paraphrase from a table, such as translations there and back.",
            Texts,
            options => new ParaphraseAugmentation(options),
            MitigationStage.Pre),
        MitigationDescriptor.Of<FairnessRegularizerOptions>(
            FairnessRegularizer.MitigationName,
            "Adds an unfairness between groups of users (value, absolute, under, over, non-parity) to the loss.",
            [TaskKind.RatingPrediction],
            options => new FairnessRegularizer(options),
            MitigationStage.In),
        MitigationDescriptor.Of<GroupDroOptions>(
            GroupDro.MitigationName,
            "Learns for the group with the largest loss (group distributionally robust optimization).",
            [TaskKind.RatingPrediction, .. Texts],
            options => new GroupDro(options),
            MitigationStage.In),
        MitigationDescriptor.Of<RatePenaltyOptions>(
            RatePenalty.MitigationName,
            "Adds differences between groups in soft rates (of selection, true or false positives) to the loss.",
            Texts,
            options => new RatePenalty(options),
            MitigationStage.In),
        MitigationDescriptor.Of<PrecisionRecallPenaltyOptions>(
            PrecisionRecallPenalty.MitigationName,
            "Adds differences between groups in soft precision times soft recall to the loss.",
            Texts,
            options => new PrecisionRecallPenalty(options),
            MitigationStage.In),
        MitigationDescriptor.Of<AdversarialDebiasingOptions>(
            AdversarialDebiasing.MitigationName,
            "Learns vectors of texts from which an adversary cannot tell the group, by gradient reversal.",
            Texts,
            options => new AdversarialDebiasing(options),
            MitigationStage.In),
        MitigationDescriptor.Of<ExposureRegularizerOptions>(
            ExposureRegularizer.MitigationName,
            "Draws the mean scores of the groups of items together, for each user, in the loss.",
            Lists,
            options => new ExposureRegularizer(options),
            MitigationStage.In),
        MitigationDescriptor.Of<GroupNegativeSamplingOptions>(
            GroupNegativeSampling.MitigationName,
            "Compares chosen items with others of their own group, so that no group is learned to rank above another.",
            Lists,
            options => new GroupNegativeSampling(options),
            MitigationStage.In),
        MitigationDescriptor.Of<FaIrOptions>(
            FaIr.MitigationName,
            "FA*IR: every prefix of a list holds at least as many items of a protected group as a fair draw.",
            Lists,
            options => new FaIr(options),
            MitigationStage.Post,
            FaIrReranker.Read),
        MitigationDescriptor.Of<DeterministicSortingOptions>(
            DeterministicSorting.MitigationName,
            "Gives each group of items its share of every prefix of a list: DetGreedy, DetCons, DetRelaxed, "
            + "DetConstSort.",
            Lists,
            options => new DeterministicSorting(options),
            MitigationStage.Post,
            DeterministicSortingReranker.Read),
        MitigationDescriptor.Of<MaximalMarginalRelevanceOptions>(
            MaximalMarginalRelevance.MitigationName,
            "MMR: trades relevance against likeness to the items above.",
            Lists,
            options => new MaximalMarginalRelevance(options),
            MitigationStage.Post,
            MaximalMarginalRelevanceReranker.Read),
        MitigationDescriptor.Of<XquadOptions>(
            Xquad.MitigationName,
            "xQuAD: trades relevance against groups that the user turns to and the list does not cover.",
            Lists,
            options => new Xquad(options),
            MitigationStage.Post,
            XquadReranker.Read),
        MitigationDescriptor.Of<CalibratedOptions>(
            Calibrated.MitigationName,
            "Gives the groups of items the shares in a user's list that they have in the user's history.",
            Lists,
            options => new Calibrated(options),
            MitigationStage.Post,
            CalibratedReranker.Read),
        MitigationDescriptor.Of<CpFairOptions>(
            CpFair.MitigationName,
            "CP-Fair: shares of places for groups of items and lists of equal worth for groups of users, over a batch.",
            Lists,
            options => new CpFair(options),
            MitigationStage.Post,
            CpFairReranker.Read),
        MitigationDescriptor.Of<PmmfOptions>(
            Pmmf.MitigationName,
            "P-MMF: raises the exposure of the worst-off group of items over all lists of a batch.",
            Lists,
            options => new Pmmf(options),
            MitigationStage.Post,
            PmmfReranker.Read),
        MitigationDescriptor.Of<GroupCalibrationOptions>(
            GroupCalibration.MitigationName,
            "Corrects predicted ratings by a line for each group of users.",
            Ratings,
            options => new GroupCalibration(options),
            MitigationStage.Post),
    ];

    /// <summary>The mitigation of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static MitigationDescriptor Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name) ?? throw new InputException(
            $"There is no mitigation '{name}'.{NearestName.Hint(name, [.. Mitigations.Select(m => m.Name)])}");
    }

    /// <summary>The mitigation of that name, or null.</summary>
    public static MitigationDescriptor? Find(string name) => Mitigations.FirstOrDefault(m => m.Name == name);
}
