using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Bias;

/// <summary>Mean, user biases and item biases.</summary>
public sealed class BiasModel : RecommenderModel
{
    internal const string Name = "bias";

    private readonly BiasOptions _options;
    private readonly LabelScale _labels;
    private readonly double[] _userBiases;
    private readonly double[] _itemBiases;

    internal BiasModel(
        BiasOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        double[] userBiases,
        double[] itemBiases)
    {
        _options = options;
        Users = users;
        Items = items;
        _labels = labels;
        _userBiases = userBiases;
        _itemBiases = itemBiases;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>Mean of the training labels.</summary>
    public double Mean => _labels.Mean;

    /// <summary>Deviation of each user, by code, in units of the label; 0 for users without training rows.</summary>
    public ReadOnlySpan<double> UserBiases => _userBiases;

    /// <summary>Deviation of each item, by code, in units of the label; 0 for items without training rows.</summary>
    public ReadOnlySpan<double> ItemBiases => _itemBiases;

    /// <summary>Predicts ratings: <c>m + bu + bi</c>, without the terms that are not known.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(data, Rating, cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores)
    {
        var own = Mean + (user < 0 ? 0 : _userBiases[user]);
        for (var item = 0; item < _itemBiases.Length; item++)
        {
            scores[item] = own + _itemBiases[item];
        }
    }

    private double Rating(int user, int item)
    {
        var rating = Mean + (user < 0 ? 0 : _userBiases[user]) + (item < 0 ? 0 : _itemBiases[item]);
        return _options.ClipToLabelRange ? _labels.Clip(rating) : rating;
    }

    internal static BiasModel Read(ModelReader reader)
    {
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new BiasModel(
            reader.ReadOptions<BiasOptions>(),
            users,
            items,
            LabelScale.Read(reader),
            reader.ReadArray<double>("userBiases", users.Count),
            reader.ReadArray<double>("itemBiases", items.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        writer.Write<double>("userBiases", _userBiases);
        writer.Write<double>("itemBiases", _itemBiases);
    }
}
