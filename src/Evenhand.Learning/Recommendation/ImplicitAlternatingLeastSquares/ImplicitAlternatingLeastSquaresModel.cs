using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Factors of users and items that were fitted to choices.</summary>
public sealed class ImplicitAlternatingLeastSquaresModel : FactorModel, IFoldIn
{
    internal const string Name = "ials";

    private readonly ImplicitAlternatingLeastSquaresOptions _options;
    private readonly FrequencyRegularization _ridges;
    private readonly Lazy<FactorTable> _gram;

    internal ImplicitAlternatingLeastSquaresModel(
        ImplicitAlternatingLeastSquaresOptions options,
        FrequencyRegularization ridges,
        Vocabulary users,
        Vocabulary items,
        FactorSide userSide,
        FactorSide itemSide)
        : base(users, items, userSide, itemSide)
    {
        _options = options;
        _ridges = ridges;
        _gram = new Lazy<FactorTable>(() => GramMatrix.Of(ItemSide.Factors, threads: 1, CancellationToken.None));
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>Scores the pair of each row. An unknown user has the mean factors of the known ones; an unknown item
    /// scores 0.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ScorePredictions(PredictRows(data, (user, item) => Score(user, item), cancellationToken));

    /// <summary>Solves for the factors of a user with the given choices, each of weight 1, against the item factors, as
    /// the last half of the last iteration does for the users of the training data, and scores all items with
    /// them.</summary>
    /// <remarks>The solution is the exact one whatever the solver of the fit; labels are not read. A user without
    /// choices scores 0 everywhere.</remarks>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        CheckChoices(items, labels, needsLabels: false, scores);
        var factors = ItemSide.Factors;
        var weights = new float[items.Length];
        Array.Fill(weights, 1);
        var user = new float[factors.Stride];
        new CholeskyRowSolver(factors, _gram.Value, _options).Improve(
            user, items, weights, _ridges.Ridge(weights, _ridges.Items, _options), CancellationToken.None);
        Score(user, scores);
    }

    internal static ImplicitAlternatingLeastSquaresModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<ImplicitAlternatingLeastSquaresOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new ImplicitAlternatingLeastSquaresModel(
            options,
            FrequencyRegularization.Read(reader),
            users,
            items,
            FactorSide.Read(reader, "user", users.Count, options.ApproximationRank),
            FactorSide.Read(reader, "item", items.Count, options.ApproximationRank));
    }

    internal override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _ridges.Write(writer);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
    }
}
