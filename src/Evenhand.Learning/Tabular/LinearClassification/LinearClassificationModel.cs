using Evenhand.Data;
using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Tabular.LinearClassification;

/// <summary>Log-odds of classes, linear in features.</summary>
public sealed class LinearClassificationModel : Model
{
    private readonly LinearClassificationOptions _options;
    private readonly TabularFeatures _features;
    private readonly LabelClasses _classes;
    private readonly LinearScores _scores;

    internal LinearClassificationModel(
        LinearClassificationOptions options,
        TabularFeatures features,
        LabelClasses classes,
        double[] coefficients,
        double[] intercepts)
    {
        _options = options;
        _features = features;
        _classes = classes;
        _scores = new LinearScores(coefficients, intercepts);
    }

    /// <inheritdoc/>
    public override string LearnerName => LinearClassificationLearner.Name;

    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        _classes.ToPredictions(_scores.Of(_features.Transform(data, LearnerName), cancellationToken));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteOptions(_options);
        _features.Write(writer);
        _classes.Write(writer);
        _scores.Write(writer);
    }

    internal static LinearClassificationModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<LinearClassificationOptions>();
        var features = TabularFeatures.Read(reader);
        var classes = LabelClasses.Read(reader);
        var scores = LinearScores.Read(reader, features.Count, classes.ScoreCount);
        return new LinearClassificationModel(options, features, classes, scores.Coefficients, scores.Intercepts);
    }
}
