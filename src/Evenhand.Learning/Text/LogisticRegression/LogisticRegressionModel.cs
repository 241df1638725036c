using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>A coefficient for each column of hashed n-grams, and an intercept.</summary>
public sealed class LogisticRegressionModel : Model
{
    internal const string Name = "logistic-regression";

    private readonly LogisticRegressionOptions _options;
    private readonly TextFeatures _features;
    private readonly double[] _coefficients;

    internal LogisticRegressionModel(
        LogisticRegressionOptions options, TextFeatures features, double[] coefficients, double intercept)
    {
        _options = options;
        _features = features;
        _coefficients = coefficients;
        Intercept = intercept;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>Log-odds of the positive class of a text without known features.</summary>
    public double Intercept { get; }

    /// <summary>Predicts the probability of the positive class; texts without known features get the
    /// intercept's.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var texts = TrainingColumns.Text(data, Name);
        var rows = _features.Transform(texts, threads: 1, cancellationToken);
        var probabilities = new double[rows.RowCount];
        rows.Multiply(_coefficients, probabilities, threads: 1, cancellationToken);
        foreach (ref var probability in probabilities.AsSpan())
        {
            probability = TextClasses.Sigmoid(probability + Intercept);
        }

        return new ClassPredictions(probabilities);
    }

    internal static LogisticRegressionModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<LogisticRegressionOptions>();
        var columns = reader.ReadArray<int>("columns");
        var values = reader.ReadArray<double>("coefficients", columns.Length);
        var coefficients = new double[1 << options.HashBits];
        for (var i = 0; i < columns.Length; i++)
        {
            coefficients[columns[i]] = values[i];
        }

        return new LogisticRegressionModel(
            options, TextFeatures.Read(reader, options), coefficients, reader.ReadDouble("intercept"));
    }

    internal override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("intercept", Intercept);
        var columns = _features.Write(writer);
        writer.Write<double>("coefficients", Array.ConvertAll(columns, column => _coefficients[column]));
    }
}
