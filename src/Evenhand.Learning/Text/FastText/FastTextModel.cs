using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Outputs or vectors of words and n-grams, and what their mean says of the classes.</summary>
public sealed class FastTextModel : Model
{
    internal const string Name = "fast-text";

    private readonly FastTextOptions _options;
    private readonly TextClasses _classes;
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
        TextClasses classes,
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
        var hasher = _features.CreateHasher();
        var (ngrams, numbers) = (new List<Ngram>(), new List<int>());
        var mean = new float[_vectors.Length];
        var outputs = new float[_outputs.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _features.NumbersOf(texts.Values[row], hasher, ngrams, numbers);
            Array.Clear(mean);
            foreach (var number in numbers)
            {
                _vectors.AddTo(number, mean);
            }

            foreach (ref var element in mean.AsSpan())
            {
                element /= numbers.Count;
            }

            SetOutputs(mean, outputs);
            _outputs.ToScores(outputs, scores.AsSpan(row * _classes.ScoreCount, _classes.ScoreCount));
        }

        return _classes.ToPredictions(scores);
    }

    internal static FastTextModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<FastTextOptions>();
        var classes = TextClasses.Read(reader);
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

    internal override void Write(ModelWriter writer)
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
