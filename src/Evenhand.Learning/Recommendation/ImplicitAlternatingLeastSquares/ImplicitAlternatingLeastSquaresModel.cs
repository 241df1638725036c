using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>Factors of users and items that were fitted to choices.</summary>
public sealed class ImplicitAlternatingLeastSquaresModel : FactorModel, IFoldIn
{
    internal const string Name = "ials";

    private readonly ImplicitAlternatingLeastSquaresOptions _options;
    private readonly FrequencyRegularization _ridges;
    private readonly FactorTable _penalized;
    private readonly Lazy<FactorTable> _gram;

    internal ImplicitAlternatingLeastSquaresModel(
        ImplicitAlternatingLeastSquaresOptions options,
        FrequencyRegularization ridges,
        Vocabulary users,
        Vocabulary items,
        FactorSide userSide,
        FactorSide itemSide,
        FactorTable penalized)
        : base(users, items, userSide, itemSide)
    {
        _options = options;
        _ridges = ridges;
        _penalized = penalized;
        _gram = new Lazy<FactorTable>(UserGram);
    }

    /// <inheritdoc/>
    public bool NeedsLabels => false;

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
        FoldInArguments.Check(items, labels, scores, Items.Count, NeedsLabels);
        var factors = ItemSide.Factors;
        var weights = new float[items.Length];
        Array.Fill(weights, 1);
        var user = new float[factors.Stride];
        var ridge = _ridges.Ridge(weights, _ridges.Items, _options);
        new CholeskyRowSolver(factors, _gram.Value, _options).Improve(
            user, items, weights, new OwnerTerms(ridge, (float)_options.Alpha, []), CancellationToken.None);
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
            FactorSide.Read(reader, "item", items.Count, options.ApproximationRank),
            FactorTable.Read(
                reader, "penalized", (int)reader.ReadDouble("penalizedDirections"), options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _ridges.Write(writer);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
        writer.Write("penalizedDirections", _penalized.Rows);
        _penalized.Write(writer, "penalized");
    }

    // Of the items, with what a mitigation added to it for the users.
    private FactorTable UserGram()
    {
        var gram = GramMatrix.Of(ItemSide.Factors, threads: 1, CancellationToken.None);
        GroupDeviations.Add(_penalized, gram);
        return gram;
    }
}
