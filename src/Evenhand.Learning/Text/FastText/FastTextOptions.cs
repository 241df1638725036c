using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Options of <see cref="FastTextLearner"/>.</summary>
public sealed record FastTextOptions : LearnerOptions
{
    /// <summary>Length of the vectors of words and n-grams.</summary>
    /// <value>50</value>
    [Range(1, 1000)]
    [SearchRange(10, 100, Log = true)]
    public int Dimension { get; init; } = 50;

    /// <summary>Passes over the texts.</summary>
    /// <value>10</value>
    [Range(1, 10_000)]
    [SearchRange(3, 30, Log = true)]
    public int NumberOfIterations { get; init; } = 10;

    /// <summary>Size of the first step; steps shrink to 0 in proportion to what is left of the fit.</summary>
    /// <value>0.2</value>
    [Range(1e-6, 100.0)]
    [SearchRange(0.05, 1.0, Log = true)]
    public double LearningRate { get; init; } = 0.2;

    /// <summary>What is minimized.</summary>
    /// <value>Automatic</value>
    public FastTextLoss LossFunction { get; init; } = FastTextLoss.Automatic;

    /// <summary>Longest run of words that has a vector; runs of 1 up to this many words are taken.</summary>
    /// <value>2</value>
    [Range(1, 5)]
    [SearchRange(1, 3)]
    public int WordNgrams { get; init; } = 2;

    /// <summary>Shortest run of characters within a word that has a vector, counting the two word ends.</summary>
    /// <value>3</value>
    [Unless(nameof(LongestCharacterNgram), 0)]
    [Range(1, 10)]
    public int ShortestCharacterNgram { get; init; } = 3;

    /// <summary>Longest run of characters within a word that has a vector; 0 for no vectors of characters.</summary>
    /// <value>0</value>
    [Range(0, 10)]
    public int LongestCharacterNgram { get; init; }

    /// <summary>How often a word or an n-gram must occur in the training texts to have a vector.</summary>
    /// <value>1</value>
    [Range(1, 1_000_000)]
    [SearchRange(1, 10, Log = true)]
    public int MinimumCount { get; init; } = 1;

    /// <summary>Words and n-grams are known by this many bits of their hash, and share a vector where these are
    /// equal. Only those that occur take memory, so that fewer bits mean a smaller model but not a faster
    /// fit.</summary>
    /// <value>32</value>
    [Range(8, 32)]
    public int HashBits { get; init; } = 32;

    /// <summary>How the classes weigh; sets of labels are not weighed.</summary>
    /// <value>None</value>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Keeps the words and n-grams with the longest vectors, at most this many, once the fit is done; 0 for
    /// all.</summary>
    /// <value>0</value>
    [Range(0, int.MaxValue)]
    public int LargestVocabulary { get; init; }

    /// <summary>Whether vectors are product-quantized once the fit is done: the model gets smaller, and predictions
    /// change a little.</summary>
    /// <value>false</value>
    public bool Quantize { get; init; }

    /// <summary>How many elements of a vector share one byte.</summary>
    /// <value>2</value>
    [When(nameof(Quantize), true)]
    [Range(1, 64)]
    public int SubvectorLength { get; init; } = 2;

    /// <summary>Whether the length of a vector has a byte of its own.</summary>
    /// <value>false</value>
    [When(nameof(Quantize), true)]
    public bool QuantizeNorms { get; init; }

    /// <summary>Labels in any number need a loss for each.</summary>
    public override bool Serves(TaskKind task) => task != TaskKind.MultiLabelTextClassification
        || LossFunction is FastTextLoss.Automatic or FastTextLoss.OneVersusAll;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        if (LongestCharacterNgram != 0 && LongestCharacterNgram < ShortestCharacterNgram)
        {
            yield return Invalid(
                nameof(LongestCharacterNgram),
                LongestCharacterNgram,
                $"0, or at least shortestCharacterNgram ({ShortestCharacterNgram})");
        }
    }
}
