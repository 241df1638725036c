using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Factors of users and items and biases of items that were fitted to comparisons of items.</summary>
public sealed class PairwiseRankingModel : FactorModel
{
    private readonly PairwiseRankingOptions _options;

    internal PairwiseRankingModel(
        string learner,
        PairwiseRankingOptions options,
        Vocabulary users,
        Vocabulary items,
        FactorSide userSide,
        FactorSide itemSide)
        : base(users, items, userSide, itemSide)
    {
        LearnerName = learner;
        _options = options;
    }

    /// <inheritdoc/>
    public override string LearnerName { get; }

    /// <summary>Scores the pair of each row. An unknown user has the mean factors of the known ones; an unknown item
    /// has no factors and the lowest bias.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ScorePredictions(PredictRows(data, (user, item) => Score(user, item), cancellationToken));

    internal static PairwiseRankingModel Read<TOptions>(ModelReader reader, string learner)
        where TOptions : PairwiseRankingOptions
    {
        var options = reader.ReadOptions<TOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new PairwiseRankingModel(
            learner,
            options,
            users,
            items,
            FactorSide.Read(reader, "user", users.Count, options.ApproximationRank),
            FactorSide.Read(reader, "item", items.Count, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
    }
}
