using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Popularity;

namespace Evenhand.Learning.Recommendation.TimeBoundedPopularity;

/// <summary>Ranks items by how often they were chosen of late, the same for every user.</summary>
/// <remarks>
/// <para>An item's count is the sum over its rows of <c>w 2^(-a / h)</c>, where a is the age of the row, from its time
/// to that of the latest row, w its weight and h the half-life; rows older than the window are left out, as are rows
/// without a time. Without a half-life it is the sum of the weights. Times are seconds.</para>
/// <para>The label, where there is one, is not read: a row is a choice.</para>
/// </remarks>
/// <param name="options">Window and half-life.</param>
public sealed class TimeBoundedPopularityLearner(TimeBoundedPopularityOptions options)
    : Learner<TimeBoundedPopularityOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<TimeBoundedPopularityOptions>(
        Name,
        "Ranks items by how often they were chosen of late, the same for every user.",
        [TaskKind.TopN],
        options => new TimeBoundedPopularityLearner(options),
        reader => PopularityModel.Read<TimeBoundedPopularityOptions>(reader, Name));

    internal const string Name = "time-bounded-popularity";

    private const double SecondsOfDay = 86_400;

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var rows = Interactions.Of(train, Name, needsLabel: false);
        var times = Times(train, rows.Count);
        context.CancellationToken.ThrowIfCancellationRequested();
        var latest = times.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        if (double.IsNaN(latest))
        {
            throw new InputException(
                $"'{Name}' needs times; column '{train.Time!.Name}' of '{train.Name}' has "
                + "none in the rows with a user and an item.");
        }

        var counts = new double[rows.Items.Count];
        for (var row = 0; row < times.Length; row++)
        {
            var age = (latest - times[row]) / SecondsOfDay;
            // Missing times are NaN.
            if (double.IsFinite(age) && age <= Options.WindowDays)
            {
                counts[rows.ItemCodes[row]] += rows.Weight(row)
                    * (Options.HalfLifeDays > 0 ? Math.Pow(2, -age / Options.HalfLifeDays) : 1);
            }
        }

        context.Progress?.Invoke(new WorkProgress(1, 1, "iterations"));
        return new PopularityModel(Name, Options, rows.Users, rows.Items, counts);
    }

    /// <summary>The times of the rows that have both a user and an item.</summary>
    private static double[] Times(Dataset train, int count)
    {
        var time = train.Time ?? throw new InputException(
            $"'{Name}' needs a numeric column with the role time, in seconds; "
            + $"'{train.Name}' has none. Use '{PopularityLearner.Name}' for data without times.");
        var times = new double[count];
        var kept = 0;
        for (var row = 0; row < train.RowCount; row++)
        {
            if (!train.UserColumn!.IsMissing(row) && !train.ItemColumn!.IsMissing(row))
            {
                times[kept++] = time.Values[row];
            }
        }

        return times;
    }
}
