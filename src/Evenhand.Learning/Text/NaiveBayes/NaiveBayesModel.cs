using Evenhand.Learning.Text.Linear;

namespace Evenhand.Learning.Text.NaiveBayes;

/// <summary>Logarithms of the probabilities of classes, linear in the features of a text.</summary>
public sealed class NaiveBayesModel : LinearTextModel
{
    internal const string Name = "naive-bayes";

    internal NaiveBayesModel(NaiveBayesOptions options, LinearTextState state)
        : base(options, state)
    {
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    internal static NaiveBayesModel Read(ModelReader reader)
    {
        var (options, state) = Read<NaiveBayesOptions>(reader);
        return new NaiveBayesModel(options, state);
    }
}
