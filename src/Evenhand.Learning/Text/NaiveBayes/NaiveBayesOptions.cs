using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.NaiveBayes;

/// <summary>Options of <see cref="NaiveBayesLearner"/>.</summary>
public sealed record NaiveBayesOptions : TextFeatureOptions
{
    /// <summary>Whether a count n becomes 1 + ln(n).</summary>
    /// <value>true</value>
    [Unless(nameof(Variant), NaiveBayesVariant.Bernoulli)]
    public override bool SublinearTermFrequency { get; init; } = true;

    /// <summary>How rare features outweigh frequent ones; the probabilities of naive Bayes are of counts.</summary>
    /// <value>None</value>
    [Unless(nameof(Variant), NaiveBayesVariant.Bernoulli)]
    public override InverseDocumentFrequency InverseDocumentFrequency { get; init; } = InverseDocumentFrequency.None;

    /// <summary>What the features of a text are divided by; the probabilities of naive Bayes are of counts.</summary>
    /// <value>None</value>
    [Unless(nameof(Variant), NaiveBayesVariant.Bernoulli)]
    public override NormFunction Norm { get; init; } = NormFunction.None;

    /// <summary>What a text is taken to be.</summary>
    /// <value>Multinomial</value>
    public NaiveBayesVariant Variant { get; init; } = NaiveBayesVariant.Multinomial;

    /// <summary>What is added to the count of every feature in every class (Lidstone's smoothing; 1 is
    /// Laplace's).</summary>
    /// <value>0.3</value>
    [Range(1e-10, 1e6)]
    [SearchRange(0.01, 10, Log = true)]
    public double Alpha { get; init; } = 0.3;

    /// <summary>Whether frequent classes are more probable beforehand; otherwise all are alike.</summary>
    /// <value>true</value>
    [Unless(nameof(Variant), NaiveBayesVariant.Complement)]
    public bool FitPrior { get; init; } = true;

    /// <summary>Whether the weights of each class are divided by their sum.</summary>
    /// <value>false</value>
    [When(nameof(Variant), NaiveBayesVariant.Complement)]
    public bool NormalizeWeights { get; init; }

    internal override bool IgnoresCounts => Variant == NaiveBayesVariant.Bernoulli;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        foreach (var problem in base.Contradictions())
        {
            yield return problem;
        }

        if (SignedHashing && VocabularySize == 0)
        {
            yield return Invalid(
                nameof(SignedHashing), "true", "false: naive Bayes counts features, and counts are positive");
        }
    }
}
