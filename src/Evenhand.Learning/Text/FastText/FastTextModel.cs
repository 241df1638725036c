using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Text;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Outputs or vectors of words and n-grams, and what their mean says of the classes.</summary>
public sealed class FastTextModel : Model, IAdditiveTextModel
{
    internal const string Name = "fast-text";

    private readonly FastTextOptions _options;
    private readonly LabelClasses _classes;
    private readonly FastTextOutputs _outputs;
    private readonly double[] _classCounts;
    private readonly FastTextFeatures _features;
    private readonly FeatureVectors _vectors;
    private readonly float[]? _outputVectors;

    /// <param name="options">The options of the fit.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="outputs">What outputs mean.</param>
    /// <param name="classCounts">How often each class occurs.</param>
    /// <param name="features">The known features.</param>
    /// <param name="vectors">Their outputs; or their vectors, where there are output vectors.</param>
    /// <param name="outputVectors">One after the other; null where <paramref name="vectors"/> are outputs.</param>
    internal FastTextModel(
        FastTextOptions options,
        LabelClasses classes,
        FastTextOutputs outputs,
        double[] classCounts,
        FastTextFeatures features,
        FeatureVectors vectors,
        float[]? outputVectors)
    {
        _options = options;
        _classes = classes;
        _outputs = outputs;
        _classCounts = classCounts;
        _features = features;
        _vectors = vectors;
        _outputVectors = outputVectors;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    LabelClasses IAdditiveTextModel.Classes => _classes;

    /// <summary>Number of words and n-grams that the model knows.</summary>
    public int FeatureCount => _features.Count - 1;

    /// <summary>Predicts the probabilities of the classes; texts without a known word get those of the end of
    /// texts.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var texts = TrainingColumns.Text(data, Name);
        var scores = new double[checked(texts.Length * _classes.ScoreCount)];
        var reader = _features.CreateReader();
        var mean = new float[_vectors.Length];
        var outputs = new float[_outputs.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(mean);
            _vectors.AddTo(FastTextFeatures.EndOfText, mean);
            var count = 1;
            foreach (var ngram in reader.Read(texts.Values[row]))
            {
                if (_features.NumberOf(ngram, reader) is >= 0 and var number)
                {
                    _vectors.AddTo(number, mean);
                    count++;
                }
            }

            foreach (ref var element in mean.AsSpan())
            {
                element /= count;
            }

            SetOutputs(mean, outputs);
            _outputs.ToScores(outputs, scores.AsSpan(row * _classes.ScoreCount, _classes.ScoreCount));
        }

        return _classes.ToPredictions(scores);
    }

    /// <summary>What each n-gram of a text moves the scores by, from those of a text without known words.</summary>
    /// <remarks>
    /// With outputs <c>o_f</c> of the vectors of n features, the end of the text among them, the scores are
    /// <c>sum of o_f / n = o_end + sum of (o_f - o_end) / n</c>. Scores are log-odds, or what softmax takes; of a tree
    /// of classes they are the log-odds along the way to a class, added up.
    /// </remarks>
    internal LinearContributions Contributions(string? text)
    {
        var reader = _features.CreateReader();
        var known = new List<(TextSpan Span, int Number)>();
        foreach (var ngram in reader.Read(text))
        {
            if (_features.NumberOf(ngram, reader) is >= 0 and var number)
            {
                known.Add((ngram.Span, number));
            }
        }

        var ofEnd = LinearScores(FastTextFeatures.EndOfText);
        var contributions = known.ConvertAll(ngram => (
            ngram.Span.Start,
            ngram.Span.End,
            LinearScores(ngram.Number).Select((score, i) => (score - ofEnd[i]) / (known.Count + 1)).ToArray()));
        return new LinearContributions(ofEnd, new double[ofEnd.Length], contributions);
    }

    LinearContributions IAdditiveTextModel.Contributions(string? text) => Contributions(text);

    internal static FastTextModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<FastTextOptions>();
        var classes = LabelClasses.Read(reader);
        var counts = reader.ReadArray<double>("classCounts", classes.Names.Count);
        var outputs = FastTextOutputs.Of(classes, options.LossFunction, counts);
        var features = FastTextFeatures.Read(reader, options);
        var projects = FastTextProjection.Projects(outputs.Count, options.Dimension);
        var length = projects ? outputs.Count : options.Dimension;
        return new FastTextModel(
            options,
            classes,
            outputs,
            counts,
            features,
            FeatureVectors.Read(reader, features.Count, length, options),
            projects ? null : reader.ReadArray<float>("outputVectors", outputs.Count * length));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        _classes.Write(writer);
        writer.Write<double>("classCounts", _classCounts);
        _features.Write(writer);
        _vectors.Write(writer);
        if (_outputVectors is not null)
        {
            writer.Write<float>("outputVectors", _outputVectors);
        }
    }

    private double[] LinearScores(int feature)
    {
        var vector = new float[_vectors.Length];
        _vectors.AddTo(feature, vector);
        var outputs = new float[_outputs.Count];
        SetOutputs(vector, outputs);
        var scores = new double[_classes.ScoreCount];
        _outputs.ToLinearScores(outputs, scores);
        return scores;
    }

    private void SetOutputs(ReadOnlySpan<float> mean, Span<float> outputs)
    {
        if (_outputVectors is null)
        {
            mean.CopyTo(outputs);
            return;
        }

        for (var output = 0; output < outputs.Length; output++)
        {
            var vector = _outputVectors.AsSpan(output * mean.Length, mean.Length);
            var sum = 0.0;
            for (var i = 0; i < mean.Length; i++)
            {
                sum += (double)mean[i] * vector[i];
            }

            outputs[output] = (float)sum;
        }
    }
}
