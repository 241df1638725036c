using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;

namespace SlopeOne;

/// <summary>Predicts a rating from the user's other ratings and the mean differences between items.</summary>
/// <remarks>
/// <para>Weighted Slope One: <c>d(i, j) = sum over users of (r(u, i) - r(u, j)) / (n(i, j) + damping)</c> with n(i, j)
/// users who rated both, and <c>r(u, i) = sum over j of n(i, j) (d(i, j) + r(u, j)) / sum over j of n(i, j)</c>. Two
/// tables of items by items are kept, so the catalogue should not exceed a few thousand items.</para>
/// <para>D. Lemire, A. Maclachlan, "Slope One predictors for online rating-based collaborative filtering", SDM
/// 2005.</para>
/// </remarks>
/// <param name="options">The damping.</param>
public sealed class SlopeOneLearner(SlopeOneOptions options) : Learner<SlopeOneOptions>(options)
{
    /// <summary>Name in experiment files.</summary>
    public const string Name = "slope-one";

    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<SlopeOneOptions>(
        Name,
        "Predicts from the user's other ratings and the mean differences between items.",
        [TaskKind.RatingPrediction],
        options => new SlopeOneLearner(options),
        SlopeOneModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, Name, needsLabel: true);
        var byUser = EntityIndex.Of(rows.UserCodes, rows.ItemCodes, rows.Users.Count);
        var items = rows.Items.Count;
        var differences = new double[items * items];
        var counts = new double[items * items];
        for (var user = 0; user < rows.Users.Count; user++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (var row in byUser.RowsOf(user))
            {
                foreach (var other in byUser.RowsOf(user))
                {
                    var pair = (rows.ItemCodes[row] * items) + rows.ItemCodes[other];
                    var weight = Math.Sqrt(rows.Weight(row) * rows.Weight(other));
                    differences[pair] += weight * (rows.Labels![row] - rows.Labels[other]);
                    counts[pair] += weight;
                }
            }
        }

        for (var pair = 0; pair < differences.Length; pair++)
        {
            differences[pair] = counts[pair] == 0 ? 0 : differences[pair] / (counts[pair] + Options.Damping);
        }

        var histories = Histories.Of(rows, byUser);
        return new SlopeOneModel(Options, rows.Users, rows.Items, LabelScale.Of(rows), differences, counts, histories);
    }
}
