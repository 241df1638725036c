using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Bias;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>The training data of a neighbourhood model, from which it also predicts.</summary>
/// <remarks>
/// <para>Explicit feedback is centred by the baseline <c>b_ui = m + bu + bi</c> of <see cref="BiasLearner"/> with its
/// default dampings: d = r - b_ui. For implicit feedback d = 1 and the baseline is 0.</para>
/// <para>A pair's weight w is the sum of the weights of its rows, and its d their weighted mean. Similarities are taken
/// between the signals <c>d sqrt(w)</c>: in their inner products a row of weight 2 counts as two rows.</para>
/// </remarks>
internal sealed class FeedbackMatrix
{
    private static readonly BiasOptions BaselineOptions = new() { ClipToLabelRange = false };

    private readonly LabelScale _labels;
    private readonly double[] _userBiases;
    private readonly double[] _itemBiases;
    private readonly SparseMatrix _weights;

    private FeedbackMatrix(
        FeedbackKind kind,
        LabelScale labels,
        double[] userBiases,
        double[] itemBiases,
        SparseMatrix weights,
        SparseMatrix signals)
    {
        Kind = kind;
        _labels = labels;
        _userBiases = userBiases;
        _itemBiases = itemBiases;
        _weights = weights;
        Signals = signals;
        Squares = PairMatrices.ColumnSquares(signals);
    }

    public FeedbackKind Kind { get; }

    /// <summary>d sqrt(w): a row for each user, a column for each item.</summary>
    public SparseMatrix Signals { get; }

    /// <summary>The sum of the squared signals of each item; for implicit feedback, how often it was chosen.</summary>
    public double[] Squares { get; }

    /// <exception cref="InputException">The data lacks a column.</exception>
    public static FeedbackMatrix Of(Dataset train, string learner, FeedbackKind kind, FitContext context)
    {
        var rows = Interactions.Of(train, learner, needsLabel: kind == FeedbackKind.Explicit);
        if (kind == FeedbackKind.Implicit)
        {
            var (counts, signals) = PairMatrices.Merge(rows, null, context.CancellationToken);
            return new FeedbackMatrix(
                kind,
                new LabelScale(0, 1, 0, 1),
                new double[rows.Users.Count],
                new double[rows.Items.Count],
                counts,
                signals);
        }

        var baseline = (BiasModel)new BiasLearner(BaselineOptions).Fit(train, context with { Progress = null });
        var deviations = new double[rows.Count];
        for (var row = 0; row < deviations.Length; row++)
        {
            deviations[row] = rows.Labels![row] - baseline.Mean
                - baseline.UserBiases[rows.UserCodes[row]] - baseline.ItemBiases[rows.ItemCodes[row]];
        }

        var (weights, scaled) = PairMatrices.Merge(rows, deviations, context.CancellationToken);
        return new FeedbackMatrix(
            kind,
            LabelScale.Of(rows),
            baseline.UserBiases.ToArray(),
            baseline.ItemBiases.ToArray(),
            weights,
            scaled);
    }

    /// <summary>The history of a training user; empty for an unknown one.</summary>
    public UserHistory HistoryOf(int user) => user < 0
        ? default
        : new UserHistory(
            Signals.ColumnsOf(user), Signals.ValuesOf(user), _weights.ValuesOf(user), _userBiases[user]);

    /// <summary>The history of a user with the given choices, each of weight 1.</summary>
    /// <param name="items">Item codes, ascending.</param>
    /// <param name="labels">Ratings; not read for implicit feedback.</param>
    public UserHistory HistoryOf(ReadOnlySpan<int> items, ReadOnlySpan<double> labels)
    {
        var weights = new float[items.Length];
        Array.Fill(weights, 1);
        if (Kind == FeedbackKind.Implicit)
        {
            return new UserHistory(items, weights, weights, 0);
        }

        var sum = 0.0;
        for (var i = 0; i < items.Length; i++)
        {
            sum += labels[i] - _labels.Mean - _itemBiases[items[i]];
        }

        var bias = items.IsEmpty ? 0 : sum / (BaselineOptions.UserDamping + items.Length);
        var signals = new float[items.Length];
        for (var i = 0; i < signals.Length; i++)
        {
            signals[i] = (float)(labels[i] - Baseline(bias, items[i]));
        }

        return new UserHistory(items, signals, weights, bias);
    }

    /// <summary>What is predicted without neighbours: <c>m + bu + bi</c>, or 0 for implicit feedback.</summary>
    /// <param name="bias">Bias of the user.</param>
    /// <param name="item">Code of the item; negative where it is unknown.</param>
    public double Baseline(double bias, int item) => _labels.Mean + bias + (item < 0 ? 0 : _itemBiases[item]);

    /// <summary>What a user or item adds to a score for each unit of similarity: <c>w d</c>, of which a weighted mean
    /// is taken, for ratings; the signal for choices.</summary>
    public double Contribution(float signal, float weight) =>
        Kind == FeedbackKind.Explicit ? signal * Math.Sqrt(weight) : signal;

    /// <summary>A prediction from the neighbours' contributions.</summary>
    /// <param name="baseline">What is predicted without neighbours.</param>
    /// <param name="contributions">The sum of similarity times contribution.</param>
    /// <param name="weights">The sum of similarity times weight; positive.</param>
    public double Combine(double baseline, double contributions, double weights) =>
        Kind == FeedbackKind.Explicit ? baseline + (contributions / weights) : contributions;

    /// <summary>Predicted values as their kind has them.</summary>
    /// <param name="values">Ratings, which are cut off at the ends of the labels' range where asked for, or
    /// scores.</param>
    /// <param name="clip">Whether to do so.</param>
    public Predictions ToPredictions(double[] values, bool clip) => Kind == FeedbackKind.Implicit
        ? new ScorePredictions(values)
        : new RatingPredictions(clip ? Array.ConvertAll(values, _labels.Clip) : values);

    public static FeedbackMatrix Read(ModelReader reader, FeedbackKind kind, int users, int items) => new(
        kind,
        LabelScale.Read(reader),
        reader.ReadArray<double>("userBiases", users),
        reader.ReadArray<double>("itemBiases", items),
        SparseMatrix.Read(reader, "weights", users, items),
        SparseMatrix.Read(reader, "signals", users, items));

    public void Write(ModelWriter writer)
    {
        _labels.Write(writer);
        writer.Write<double>("userBiases", _userBiases);
        writer.Write<double>("itemBiases", _itemBiases);
        _weights.Write(writer, "weights");
        Signals.Write(writer, "signals");
    }

    /// <summary>Cosine of two vectors of signals, drawn towards 0 where few entries are common.</summary>
    /// <remarks>Cosine times n / (n + shrinkage) for n common entries (Y. Koren, "Factor in the neighbors", ACM TKDD
    /// 4(1), 2010, eq. 4).</remarks>
    /// <param name="product">Their inner product.</param>
    /// <param name="squares">Squared length of one.</param>
    /// <param name="otherSquares">Squared length of the other.</param>
    /// <param name="common">Number of entries that both have; positive.</param>
    /// <param name="shrinkage">At how many of these the cosine is halved.</param>
    /// <returns>In [-1, 1]; 0 where a vector is 0.</returns>
    public static double Similarity(
        double product, double squares, double otherSquares, int common, double shrinkage)
    {
        var lengths = Math.Sqrt(squares) * Math.Sqrt(otherSquares);
        return lengths > 0 ? product / lengths * (common / (common + shrinkage)) : 0;
    }
}
