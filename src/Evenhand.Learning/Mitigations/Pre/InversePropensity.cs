using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Weighs each row by <c>1 / n^power</c>, where n is how often its item occurs in the training rows.</summary>
/// <remarks>
/// Ratings are not missing at random: the propensity of an item's rows to be observed is taken as a power of its
/// popularity, and rows are weighed by its inverse, so that the loss estimates the loss over all pairs. T. Schnabel et
/// al., "Recommendations as treatments", ICML 2016, eq. 10 (the weighted loss); L. Yang et al., "Unbiased offline
/// recommender evaluation for missing-not-at-random implicit feedback", RecSys 2018, section 3.3 (the power law).
/// </remarks>
/// <param name="options">Power and largest weight.</param>
public sealed class InversePropensity(InversePropensityOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<InversePropensityOptions>(
        MitigationName,
        "Weighs rows against the popularity of their items, by which rows come to be observed.",
        TaskKinds.Recommendation,
        options => new InversePropensity(options),
        MitigationStage.Pre);

    internal const string MitigationName = "inverse-propensity";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var items = TrainingColumns.Items(train, MitigationName);
        var counts = new double[items.Vocabulary.Count];
        foreach (var item in items.Codes)
        {
            if (item >= 0)
            {
                counts[item]++;
            }
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        var factors = new double[train.RowCount];
        var sum = 0.0;
        for (var row = 0; row < factors.Length; row++)
        {
            var item = items.Codes[row];
            factors[row] = item < 0 ? 1 : Math.Pow(counts[item], -options.Power);
            sum += factors[row];
        }

        var largest = options.LargestWeight * sum / Math.Max(1, factors.Length);
        for (var row = 0; row < factors.Length; row++)
        {
            factors[row] = Math.Min(factors[row], largest);
        }

        return RowWeights.Multiply(train, factors);
    }
}
