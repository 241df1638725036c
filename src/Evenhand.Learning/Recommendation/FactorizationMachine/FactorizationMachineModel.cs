using Evenhand.Data;

namespace Evenhand.Learning;

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
    internal override double RatingScale => _labels.Deviation;

    /// <summary>Whether it predicts scores, not ratings.</summary>
    private bool IsRanking => _options.LossFunction == FactorizationMachineLoss.BayesianPersonalizedRanking;

    /// <summary>Predicts ratings where it was fitted to ratings, otherwise scores.</summary>
    /// <remarks>A user or item that was not there in training is predicted from what the
    /// user and item tables of <paramref name="data"/> say of it; without them it has no features.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var users = Sources.Of(
            data, GroupSide.User, TrainingColumns.Users(data, LearnerName), Users, _users);
        var items = Sources.Of(
            data, GroupSide.Item, TrainingColumns.Items(data, LearnerName), Items, _items);
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

    internal override void Write(ModelWriter writer)
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

    /// <summary>Where the factors of each row's user, or item, come from: the model, or the columns of the
    /// data.</summary>
    private sealed class Sources
    {
        private readonly int[] _codes;
        private readonly FeatureFactors _known;
        private readonly int[] _ownCodes;
        private readonly Dictionary<int, int> _placeOf;
        private readonly FactorSide _unknown;

        private Sources(int[] codes, int[] ownCodes, FeatureFactors known, int[] unknown, Dataset data, GroupSide side)
        {
            _codes = codes;
            _ownCodes = ownCodes;
            _known = known;
            _placeOf = unknown.Index().ToDictionary(place => place.Item, place => place.Index);
            _unknown = known.Describe(data, side, unknown);
        }

        /// <summary>Factors in a row; empty where the row names nobody.</summary>
        public ReadOnlySpan<float> FactorsOf(int row) => _codes[row] >= 0 ? _known.ByCode.FactorsOf(_codes[row])
            : _ownCodes[row] >= 0 ? _unknown.FactorsOf(_placeOf[_ownCodes[row]])
            : default;

        public double BiasOf(int row) => _codes[row] >= 0 ? _known.ByCode.BiasOf(_codes[row])
            : _ownCodes[row] >= 0 ? _unknown.BiasOf(_placeOf[_ownCodes[row]])
            : 0;

        public static Sources Of(
            Dataset data, GroupSide side, CategoricalColumn column, Vocabulary vocabulary, FeatureFactors known)
        {
            var codes = TrainingColumns.CodesIn(column, vocabulary).ToArray();
            var own = column.Codes.ToArray();
            var unknown = own.Where((code, row) => code >= 0 && codes[row] < 0).Distinct().ToArray();
            return new Sources(codes, own, known, unknown, data, side);
        }
    }
}
