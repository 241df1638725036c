using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>The mitigations that an experiment can name.</summary>
public static class MitigationCatalogue
{
    /// <summary>The word that stands for no mitigation.</summary>
    public const string None = "none";

    private static readonly TaskKind[] Recommendation = [TaskKind.RatingPrediction, TaskKind.TopN];
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
        MitigationDescriptor.Of<FairnessRegularizerOptions>(
            FairnessRegularizer.MitigationName,
            "Adds an unfairness between groups of users (value, absolute, under, over, non-parity) to the loss.",
            [TaskKind.RatingPrediction],
            options => new FairnessRegularizer(options),
            MitigationStage.In),
        MitigationDescriptor.Of<GroupDroOptions>(
            GroupDro.MitigationName,
            "Learns for the group of users with the largest loss (group distributionally robust optimization).",
            [TaskKind.RatingPrediction],
            options => new GroupDro(options),
            MitigationStage.In),
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
