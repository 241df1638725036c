using Evenhand.Learning.Text.Linear;

namespace Evenhand.Learning.Text.LogisticRegression;

/// <summary>Log-odds of classes, linear in the features of a text.</summary>
public sealed class LogisticRegressionModel : LinearTextModel
{
    internal const string Name = "logistic-regression";

    internal LogisticRegressionModel(LogisticRegressionOptions options, LinearTextState state)
        : base(options, state)
    {
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    internal static LogisticRegressionModel Read(ModelReader reader)
    {
        var (options, state) = Read<LogisticRegressionOptions>(reader);
        return new LogisticRegressionModel(options, state);
    }
}
