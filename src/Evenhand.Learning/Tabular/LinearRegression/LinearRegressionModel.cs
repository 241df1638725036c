using Evenhand.Data;

namespace Evenhand.Learning.Tabular.LinearRegression;

/// <summary>Numbers, linear in features.</summary>
public sealed class LinearRegressionModel : Model
{
    private readonly LinearRegressionOptions _options;
    private readonly TabularFeatures _features;
    private readonly LinearScores _scores;
    private readonly double _mean;
    private readonly double _deviation;

    internal LinearRegressionModel(
        LinearRegressionOptions options,
        TabularFeatures features,
        double[] coefficients,
        double[] intercepts,
        double mean,
        double deviation)
    {
        _options = options;
        _features = features;
        _scores = new LinearScores(coefficients, intercepts);
        _mean = mean;
        _deviation = deviation;
    }

    /// <inheritdoc/>
    public override string LearnerName => LinearRegressionLearner.Name;

    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(Array.ConvertAll(
            _scores.Of(_features.Transform(data, LearnerName), cancellationToken),
            score => _mean + (_deviation * score)));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteOptions(_options);
        _features.Write(writer);
        _scores.Write(writer);
        writer.Write("mean", _mean);
        writer.Write("deviation", _deviation);
    }

    internal static LinearRegressionModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<LinearRegressionOptions>();
        var features = TabularFeatures.Read(reader);
        var scores = LinearScores.Read(reader, features.Count, 1);
        return new LinearRegressionModel(
            options,
            features,
            scores.Coefficients,
            scores.Intercepts,
            reader.ReadDouble("mean"),
            reader.ReadDouble("deviation"));
    }
}
