using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Popularity;

/// <summary>One count for each item.</summary>
public sealed class PopularityModel : RecommenderModel
{
    private readonly LearnerOptions _options;
    private readonly double[] _counts;

    internal PopularityModel(
        string learner, LearnerOptions options, Vocabulary users, Vocabulary items, double[] counts)
    {
        LearnerName = learner;
        _options = options;
        Users = users;
        Items = items;
        _counts = counts;
    }

    /// <inheritdoc/>
    public override string LearnerName { get; }

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>How often each item was chosen, by code, as the learner counts.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Scores each row by the count of its item; 0 for unknown items.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ScorePredictions(PredictRows(data, (_, item) => item < 0 ? 0 : _counts[item], cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores) => _counts.CopyTo(scores);

    internal static PopularityModel Read<TOptions>(ModelReader reader, string learner)
        where TOptions : LearnerOptions
    {
        var items = reader.ReadVocabulary("items");
        return new PopularityModel(
            learner,
            reader.ReadOptions<TOptions>(),
            reader.ReadVocabulary("users"),
            items,
            reader.ReadArray<double>("counts", items.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        writer.Write<double>("counts", _counts);
    }
}
