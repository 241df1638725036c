using System.ComponentModel.DataAnnotations;
using Evenhand.Tuning;

namespace Evenhand.Learning;

/// <summary>Options of <see cref="LogisticRegressionLearner"/>.</summary>
public sealed record LogisticRegressionOptions : LearnerOptions
{
    /// <summary>Longest run of words that makes a feature; runs of 1 up to this many words are taken.</summary>
    /// <value>2</value>
    [Range(1, 5)]
    [SearchRange(1, 3)]
    public int WordNgrams { get; init; } = 2;

    /// <summary>Shortest run of characters within a word that makes a feature, counting the two word ends.</summary>
    /// <value>3</value>
    [Range(1, 10)]
    public int ShortestCharacterNgram { get; init; } = 3;

    /// <summary>Longest run of characters within a word that makes a feature; 0 for no features of
    /// characters.</summary>
    /// <value>0</value>
    [Range(0, 10)]
    public int LongestCharacterNgram { get; init; }

    /// <summary>Features are hashed to 2 to the power of this many columns.</summary>
    /// <value>18</value>
    [Range(8, 26)]
    [SearchRange(14, 20)]
    public int HashBits { get; init; } = 18;

    /// <summary>Whether a feature counts -1 by one more bit of its hash, so that features in one column cancel on
    /// average.</summary>
    /// <value>false</value>
    public bool SignedHashing { get; init; }

    /// <summary>Whether a count n becomes 1 + ln(n).</summary>
    /// <value>true</value>
    public bool SublinearTermFrequency { get; init; } = true;

    /// <summary>In how many training texts a column must occur to be used.</summary>
    /// <value>1</value>
    [Range(1, 1_000_000)]
    [SearchRange(1, 10, Log = true)]
    public int MinimumDocumentFrequency { get; init; } = 1;

    /// <summary>Weight of half the squared coefficients (not of the intercept), against the sum of the losses;
    /// scikit-learn's 1 / C.</summary>
    /// <value>0.1</value>
    [Range(1e-6, 1e6)]
    [SearchRange(0.01, 2, Log = true)]
    public double L2Regularization { get; init; } = 0.1;

    /// <summary>How the classes weigh.</summary>
    /// <value>None</value>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Most iterations of the optimizer.</summary>
    /// <value>100</value>
    [Range(1, 100_000)]
    public int NumberOfIterations { get; init; } = 100;

    /// <summary>The optimizer stops once no element of the gradient, divided by the sum of the rows' weights, exceeds
    /// this.</summary>
    /// <value>0.00001</value>
    [Range(1e-12, 1.0)]
    public double OptimizationTolerance { get; init; } = 1e-5;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (LongestCharacterNgram != 0 && LongestCharacterNgram < ShortestCharacterNgram)
        {
            throw Invalid(
                nameof(LongestCharacterNgram),
                LongestCharacterNgram,
                $"0, or at least shortestCharacterNgram ({ShortestCharacterNgram})");
        }
    }
}
