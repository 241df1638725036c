using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>One count of recent choices for each item.</summary>
public sealed class TimeBoundedPopularityModel : RecommenderModel
{
    internal const string Name = "time-bounded-popularity";

    private readonly TimeBoundedPopularityOptions _options;
    private readonly double[] _counts;

    internal TimeBoundedPopularityModel(
        TimeBoundedPopularityOptions options, Vocabulary users, Vocabulary items, double[] counts)
    {
        _options = options;
        Users = users;
        Items = items;
        _counts = counts;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>How often each item was chosen within the window, by code; older choices count less where there is a
    /// half-life.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Scores each row by the count of its item; 0 for unknown items.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ScorePredictions(PredictRows(data, (_, item) => item < 0 ? 0 : _counts[item], cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => _counts.CopyTo(scores);

    internal static TimeBoundedPopularityModel Read(ModelReader reader)
    {
        var items = reader.ReadVocabulary("items");
        return new TimeBoundedPopularityModel(
            reader.ReadOptions<TimeBoundedPopularityOptions>(),
            reader.ReadVocabulary("users"),
            items,
            reader.ReadArray<double>("counts", items.Count));
    }

    internal override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        writer.Write<double>("counts", _counts);
    }
}
