using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Weights and factors of the features of users and items, summed up for each user and item.</summary>
public sealed class FactorizationMachineModel : FactorModel
{
    internal const string Name = "factorization-machine";

    private const int RowsBetweenPolls = 1 << 14;

    private readonly FactorizationMachineOptions _options;
    private readonly LabelScale _labels;
    private readonly double _intercept;
    private readonly FeatureFactors _users;
    private readonly FeatureFactors _items;

    internal FactorizationMachineModel(
        FactorizationMachineOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        double intercept,
        FeatureFactors userFactors,
        FeatureFactors itemFactors)
        : base(users, items, userFactors.ByCode, itemFactors.ByCode)
    {
        _options = options;
        _labels = labels;
        _intercept = intercept;
        _users = userFactors;
        _items = itemFactors;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override double RatingScale => _labels.Deviation;

    /// <summary>Whether it predicts scores, not ratings.</summary>
    private bool IsRanking => _options.LossFunction == FactorizationMachineLoss.BayesianPersonalizedRanking;

    /// <summary>Predicts ratings where it was fitted to ratings, otherwise scores.</summary>
    /// <remarks>A user or item that was not there in training is predicted from what the
    /// user and item tables of <paramref name="data"/> say of it; without them it has no features.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var users = new EntityVectors(
            TrainingColumns.Users(data, LearnerName),
            Users,
            _users.ByCode,
            codes => _users.Describe(data, GroupSide.User, codes));
        var items = new EntityVectors(
            TrainingColumns.Items(data, LearnerName),
            Items,
            _items.ByCode,
            codes => _items.Describe(data, GroupSide.Item, codes));
        var values = new double[data.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            if (row % RowsBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var user = users.FactorsOf(row);
            var item = items.FactorsOf(row);
            var product = user.IsEmpty || item.IsEmpty ? 0 : FloatVectors.Dot(user, item);
            values[row] = Scale(users.BiasOf(row) + items.BiasOf(row) + product);
        }

        if (IsRanking)
        {
            return new ScorePredictions(values);
        }

        return new RatingPredictions(_options.ClipToLabelRange ? Array.ConvertAll(values, _labels.Clip) : values);
    }

    /// <inheritdoc/>
    public override RecommenderModel Knowing(Dataset data)
    {
        var (users, items) = (Users, Items);
        var userFactors = _users.Knowing(data, GroupSide.User, ref users);
        var itemFactors = _items.Knowing(data, GroupSide.Item, ref items);
        return new FactorizationMachineModel(
            _options, users, items, _labels, _intercept, userFactors, itemFactors);
    }

    internal static FactorizationMachineModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<FactorizationMachineOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        var rank = (int)reader.ReadDouble("rank");
        return new FactorizationMachineModel(
            options,
            users,
            items,
            LabelScale.Read(reader),
            reader.ReadDouble("intercept"),
            FeatureFactors.Read(reader, "user", users.Count, rank),
            FeatureFactors.Read(reader, "item", items.Count, rank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        writer.Write("rank", UserSide.Rank);
        _labels.Write(writer);
        writer.Write("intercept", _intercept);
        _users.Write(writer, "user");
        _items.Write(writer, "item");
    }

    private double Scale(double sum) => _labels.Mean + (_labels.Deviation * (_intercept + sum));
}
