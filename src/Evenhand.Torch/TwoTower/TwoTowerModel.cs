using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Torch.TwoTower;

/// <summary>Vectors of users and items, and the towers that made them.</summary>
/// <remarks>It needs no libtorch: vectors of the training data are kept, and the towers run in .NET.</remarks>
public sealed class TwoTowerModel : FactorModel
{
    private const int RowsBetweenPolls = 1 << 14;

    private readonly TwoTowerOptions _options;
    private readonly TowerSide _users;
    private readonly TowerSide _items;

    internal TwoTowerModel(
        TwoTowerOptions options, Vocabulary users, Vocabulary items, TowerSide userSide, TowerSide itemSide)
        : base(users, items, userSide.ByCode, itemSide.ByCode)
    {
        _options = options;
        _users = userSide;
        _items = itemSide;
    }

    /// <inheritdoc/>
    public override string LearnerName => TwoTowerLearner.Name;

    /// <summary>Scores the pair of each row.</summary>
    /// <remarks>A user or item that was not there in training has the vector that the tower makes of what the user and
    /// item tables of <paramref name="data"/> say of it; without them, the mean vector.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        cancellationToken.ThrowIfCancellationRequested();
        var users = new EntityVectors(
            TrainingColumns.Users(data, LearnerName),
            Users,
            _users.ByCode,
            codes => _users.Describe(data, GroupSide.User, codes, cancellationToken));
        var items = new EntityVectors(
            TrainingColumns.Items(data, LearnerName),
            Items,
            _items.ByCode,
            codes => _items.Describe(data, GroupSide.Item, codes, cancellationToken));
        var values = new double[data.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            if (row % RowsBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var user = users.FactorsOf(row);
            var item = items.FactorsOf(row);
            values[row] = items.BiasOf(row) + (user.IsEmpty || item.IsEmpty ? 0 : InnerProduct(user, item));
        }

        return new ScorePredictions(values);
    }

    /// <inheritdoc/>
    public override RecommenderModel Knowing(Dataset data)
    {
        var (users, items) = (Users, Items);
        var userSide = _users.Knowing(data, GroupSide.User, ref users);
        var itemSide = _items.Knowing(data, GroupSide.Item, ref items);
        return new TwoTowerModel(_options, users, items, userSide, itemSide);
    }

    internal static TwoTowerModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<TwoTowerOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new TwoTowerModel(
            options,
            users,
            items,
            TowerSide.Read(reader.ReadPart("userTower", out _), users.Count, options.ApproximationRank),
            TowerSide.Read(reader.ReadPart("itemTower", out _), items.Count, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        writer.WritePart("userTower", "tower", _users.Write);
        writer.WritePart("itemTower", "tower", _items.Write);
    }
}
