using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;

namespace SlopeOne;

/// <summary>Differences between items, and what the users have rated.</summary>
public sealed class SlopeOneModel : RecommenderModel
{
    private readonly SlopeOneOptions _options;
    private readonly LabelScale _scale;
    private readonly double[] _differences;
    private readonly double[] _counts;
    private readonly Histories _histories;

    internal SlopeOneModel(
        SlopeOneOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale scale,
        double[] differences,
        double[] counts,
        Histories histories)
    {
        _options = options;
        Users = users;
        Items = items;
        _scale = scale;
        _differences = differences;
        _counts = counts;
        _histories = histories;
    }

    /// <inheritdoc/>
    public override string LearnerName => SlopeOneLearner.Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores)
    {
        for (var item = 0; item < scores.Length; item++)
        {
            scores[item] = Rating(user, item);
        }
    }

    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(data, Rating, cancellationToken));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _scale.Write(writer);
        writer.Write<double>("differences", _differences);
        writer.Write<double>("counts", _counts);
        _histories.Write(writer);
    }

    internal static SlopeOneModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<SlopeOneOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new SlopeOneModel(
            options,
            users,
            items,
            LabelScale.Read(reader),
            reader.ReadArray<double>("differences", items.Count * items.Count),
            reader.ReadArray<double>("counts", items.Count * items.Count),
            Histories.Read(reader, users.Count, items.Count));
    }

    // Negative codes are unknown users and items: for them the mean rating is all that is known.
    private double Rating(int user, int item)
    {
        if (user < 0 || item < 0)
        {
            return _scale.Mean;
        }

        var (sum, weights) = (0.0, 0.0);
        for (var i = _histories.Starts[user]; i < _histories.Starts[user + 1]; i++)
        {
            var pair = (item * Items.Count) + _histories.Items[i];
            sum += _counts[pair] * (_differences[pair] + _histories.Ratings[i]);
            weights += _counts[pair];
        }

        return _scale.Clip(weights == 0 ? _scale.Mean : sum / weights);
    }
}
