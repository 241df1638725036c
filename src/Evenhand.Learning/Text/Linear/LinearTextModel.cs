using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.Linear;

/// <summary>A model whose scores are linear in the features of a text: a weight for each feature and class, and an
/// intercept for each class.</summary>
public abstract class LinearTextModel : Model, IAdditiveTextModel
{
    // Files from before this mark hold texts that were not normalized, and two classes.
    private const string FeaturesMark = "featuresVersion";
    private const int FeaturesVersion = 2;

    private readonly TextFeatureOptions _options;
    private readonly TextFeatures _features;
    private readonly double[] _weights;
    private readonly double[] _intercepts;
    private readonly double[] _means;
    private readonly Lazy<double[]> _expected;

    private protected LinearTextModel(TextFeatureOptions options, LinearTextState state)
    {
        _options = options;
        _features = state.Features;
        Classes = state.Classes;
        _weights = state.Weights;
        _intercepts = state.Intercepts;
        _means = state.Means;
        _expected = new Lazy<double[]>(Expect);
    }

    LabelClasses IAdditiveTextModel.Classes => Classes;

    /// <summary>What the model tells apart; its scores are log-odds, or logarithms of probabilities up to a
    /// constant.</summary>
    internal LabelClasses Classes { get; }

    /// <summary>Predicts the probabilities of the classes; texts without known features get those of the
    /// intercepts.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var texts = TrainingColumns.Text(data, LearnerName);
        var rows = _features.Transform(texts, threads: 1, cancellationToken);
        var scores = new double[rows.RowCount * _intercepts.Length];
        rows.Multiply(_weights, scores, _intercepts.Length, threads: 1, cancellationToken);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += _intercepts[i % _intercepts.Length];
        }

        return Classes.ToPredictions(scores);
    }

    /// <summary>What each n-gram of a text adds to its scores.</summary>
    internal LinearContributions Contributions(string? text)
    {
        var width = _intercepts.Length;
        var expected = _expected.Value;
        var absent = Array.ConvertAll(_intercepts, _ => 0.0);
        for (var score = 0; score < width; score++)
        {
            absent[score] = _intercepts[score] - expected[score];
        }

        // Where one column's n-grams have opposite signs (signed hashing), they still share its value in equal parts.
        var (columns, values) = _features.Transform(text);
        var located = _features.Locate(text).ToArray();
        var places = located.GroupBy(ngram => ngram.Column).ToDictionary(g => g.Key, g => g.Count());
        var ngrams = new List<(int, int, double[])>();
        foreach (var (column, span) in located)
        {
            var at = Array.BinarySearch(columns, column);
            if (at >= 0)
            {
                var contribution = new double[width];
                for (var score = 0; score < width; score++)
                {
                    var weight = _weights[(column * width) + score];
                    contribution[score] = weight * (values[at] - _means[column]) / places[column];
                    absent[score] += weight * _means[column] / places[column];
                }

                ngrams.Add((span.Start, span.End, contribution));
            }
        }

        return new LinearContributions(expected, absent, ngrams);
    }

    LinearContributions IAdditiveTextModel.Contributions(string? text) => Contributions(text);

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write(FeaturesMark, FeaturesVersion);
        Classes.Write(writer);
        _features.Write(writer);
        writer.Write<double>("intercepts", _intercepts);
        writer.Write<double>("coefficients", _weights);
        writer.Write<double>("means", _means);
    }

    private protected static (TOptions Options, LinearTextState State) Read<TOptions>(ModelReader reader)
        where TOptions : TextFeatureOptions
    {
        var options = reader.ReadOptions<TOptions>();
        var isFirst = !reader.Has(FeaturesMark);
        if (isFirst)
        {
            options = (TOptions)(options with { NormalizeUnicode = false });
        }

        var classes = LabelClasses.Read(reader);
        var features = TextFeatures.Read(reader, options);
        var width = classes.ScoreCount;
        return (options, new LinearTextState(
            features,
            classes,
            reader.ReadArray<double>("coefficients", checked(features.ColumnCount * width)),
            isFirst ? [reader.ReadDouble("intercept")] : reader.ReadArray<double>("intercepts", width),
            isFirst ? new double[features.ColumnCount] : reader.ReadArray<double>("means", features.ColumnCount)));
    }

    // The mean scores of the training texts.
    private double[] Expect()
    {
        var width = _intercepts.Length;
        var expected = _intercepts.AsSpan().ToArray();
        for (var i = 0; i < _weights.Length; i++)
        {
            expected[i % width] += _weights[i] * _means[i / width];
        }

        return expected;
    }
}
