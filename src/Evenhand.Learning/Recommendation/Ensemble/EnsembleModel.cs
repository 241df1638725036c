using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>A member of an ensemble.</summary>
/// <param name="Model">The member's model.</param>
/// <param name="Weight">Its weight; positive.</param>
public sealed record EnsembleMember(RecommenderModel Model, double Weight);

/// <summary>A weighted sum of models.</summary>
public sealed class EnsembleModel : RecommenderModel
{
    internal const string Name = "ensemble";

    private readonly EnsembleOptions _options;
    private readonly LabelScale _labels;

    internal EnsembleModel(
        EnsembleOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        double intercept,
        IReadOnlyList<EnsembleMember> members)
    {
        _options = options;
        Users = users;
        Items = items;
        _labels = labels;
        Intercept = intercept;
        Members = members;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>The members that have a part in the predictions.</summary>
    public IReadOnlyList<EnsembleMember> Members { get; }

    /// <summary>What is added to the weighted sum of ratings; 0 for rankings.</summary>
    public double Intercept { get; }

    private bool IsRanking => _options.Blend == EnsembleBlend.Rankings;

    /// <summary>Predicts ratings where it blends ratings, otherwise scores.</summary>
    /// <remarks>In a blend of rankings an unknown item has the lowest score that the user has for any item.</remarks>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) => IsRanking
        ? new ScorePredictions(PredictScores(data, cancellationToken))
        : new RatingPredictions(PredictRatings(data, cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores)
    {
        var own = new double[Items.Count];
        scores[..own.Length].Clear();
        foreach (var (model, weight) in Members)
        {
            model.Score(user, own);
            if (IsRanking)
            {
                ScoreBlend.Normalize(own, _options.Normalization);
            }

            var scale = IsRanking ? weight : weight * model.RatingScale;
            for (var item = 0; item < own.Length; item++)
            {
                scores[item] += scale * own[item];
            }
        }
    }

    internal static EnsembleModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<EnsembleOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        var members = reader.ReadArray<double>("weights").Select((weight, member) => new EnsembleMember(
            reader.ReadModel<RecommenderModel>($"member{member}"), weight));
        return new EnsembleModel(
            options, users, items, LabelScale.Read(reader), reader.ReadDouble("intercept"), [.. members]);
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        writer.Write("intercept", Intercept);
        writer.Write<double>("weights", Members.Select(member => member.Weight).ToArray());
        for (var member = 0; member < Members.Count; member++)
        {
            writer.Write($"member{member}", Members[member].Model);
        }
    }

    private double[] PredictRatings(Dataset data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TrainingColumns.Users(data, Name);
        TrainingColumns.Items(data, Name);
        var values = new double[data.RowCount];
        Array.Fill(values, Intercept);
        foreach (var (model, weight) in Members)
        {
            var own = ((RatingPredictions)model.Predict(data, cancellationToken)).Values;
            for (var row = 0; row < values.Length; row++)
            {
                values[row] += weight * own[row];
            }
        }

        return _options.ClipToLabelRange ? Array.ConvertAll(values, _labels.Clip) : values;
    }

    private double[] PredictScores(Dataset data, CancellationToken cancellationToken)
    {
        var users = TrainingColumns.CodesIn(TrainingColumns.Users(data, Name), Users).ToArray();
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(data, Name), Items).ToArray();
        var scores = new double[Items.Count];
        var values = new double[data.RowCount];
        foreach (var own in Enumerable.Range(0, data.RowCount).GroupBy(row => users[row]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Score(own.Key, scores);
            var lowest = scores.Min();
            foreach (var row in own)
            {
                values[row] = items[row] < 0 ? lowest : scores[items[row]];
            }
        }

        return values;
    }
}
