using Evenhand.Configuration;
using Evenhand.Data;

namespace Evenhand.Learning.Recommendation.Popularity;

/// <summary>Ranks items by their number of rows or of users; the baseline that any personal ranking has to
/// beat.</summary>
/// <remarks>The label, where there is one, is not read: a row is a choice.</remarks>
/// <param name="options">What is counted.</param>
public sealed class PopularityLearner(PopularityOptions options) : Learner<PopularityOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<PopularityOptions>(
        Name,
        "Ranks items by how often they were chosen, the same for every user.",
        [TaskKind.TopN],
        options => new PopularityLearner(options),
        reader => PopularityModel.Read<PopularityOptions>(reader, Name));

    internal const string Name = "popularity";

    private const int RowsBetweenPolls = 1 << 14;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, Name, needsLabel: false);
        var counts = new double[rows.Items.Count];
        var counted = Options.Measure == PopularityMeasure.Users ? new HashSet<(int User, int Item)>() : null;
        for (var row = 0; row < rows.Count; row++)
        {
            if (row % RowsBetweenPolls == 0)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
            }

            if (counted is null)
            {
                counts[rows.ItemCodes[row]] += rows.Weight(row);
            }
            else if (counted.Add((rows.UserCodes[row], rows.ItemCodes[row])))
            {
                counts[rows.ItemCodes[row]]++;
            }
        }

        context.Progress?.Invoke(new WorkProgress(1, 1, "iterations"));
        return new PopularityModel(Name, Options, rows.Users, rows.Items, counts);
    }
}
