using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Bias;

/// <summary>Predicts the mean rating plus a damped deviation of the item and of the user.</summary>
/// <remarks>
/// <para>With training mean m, weights w (1 unless the data has a weight column) and dampings d:
/// <c>bi = sum(w (r - m)) / (di + sum(w))</c> over the item's ratings, then
/// <c>bu = sum(w (r - m - bi)) / (du + sum(w))</c> over the user's.</para>
/// <para>Y. Koren, "Factor in the neighbors", ACM TKDD 4(1), 2010, section 2.1; also Koren, Bell, Volinsky 2009.</para>
/// </remarks>
/// <param name="options">The dampings.</param>
public sealed class BiasLearner(BiasOptions options) : Learner<BiasOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<BiasOptions>(
        BiasModel.Name,
        "Mean rating plus damped deviations of the item and the user.",
        [TaskKind.RatingPrediction],
        options => new BiasLearner(options),
        BiasModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, BiasModel.Name, needsLabel: true);
        context.CancellationToken.ThrowIfCancellationRequested();
        var labels = LabelScale.Of(rows);
        var itemBiases = new double[rows.Items.Count];
        var userBiases = new double[rows.Users.Count];
        Deviations(rows, rows.ItemCodes, row => rows.Labels![row] - labels.Mean, Options.ItemDamping, itemBiases);
        context.CancellationToken.ThrowIfCancellationRequested();
        Deviations(
            rows,
            rows.UserCodes,
            row => rows.Labels![row] - labels.Mean - itemBiases[rows.ItemCodes[row]],
            Options.UserDamping,
            userBiases);
        context.Progress?.Invoke(new WorkProgress(1, 1, "iterations"));
        return new BiasModel(Options, rows.Users, rows.Items, labels, userBiases, itemBiases);
    }

    private static void Deviations(
        Interactions rows, int[] codes, Func<int, double> residual, double damping, double[] biases)
    {
        var weights = new double[biases.Length];
        for (var row = 0; row < rows.Count; row++)
        {
            biases[codes[row]] += rows.Weight(row) * residual(row);
            weights[codes[row]] += rows.Weight(row);
        }

        for (var code = 0; code < biases.Length; code++)
        {
            biases[code] = weights[code] == 0 ? 0 : biases[code] / (damping + weights[code]);
        }
    }
}
