using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Text.Features;

/// <summary>How texts become features, for all learners that weigh n-grams.</summary>
public abstract record TextFeatureOptions : LearnerOptions
{
    /// <summary>Longest run of words that makes a feature; runs of 1 up to this many words are taken. In scripts
    /// without blanks (Chinese, Japanese, Thai, Lao, Khmer, Burmese) every character is a word.</summary>
    /// <value>2</value>
    [Range(1, 5)]
    [SearchRange(1, 3)]
    public int WordNgrams { get; init; } = 2;

    /// <summary>Shortest run of characters that makes a feature, counting the two ends.</summary>
    /// <value>3</value>
    [Unless(nameof(LongestCharacterNgram), 0)]
    [Range(1, 10)]
    public int ShortestCharacterNgram { get; init; } = 3;

    /// <summary>Longest run of characters that makes a feature, within a word and its two ends, or in scripts without
    /// blanks between punctuation marks; 0 for no features of characters.</summary>
    /// <value>0</value>
    [Range(0, 10)]
    public int LongestCharacterNgram { get; init; }

    /// <summary>Whether texts are first brought to Unicode's normalization form KC, in which half and full widths,
    /// ligatures and separate accents make no difference.</summary>
    /// <value>true</value>
    [When(nameof(KeepDiacritics), true)]
    public bool NormalizeUnicode { get; init; } = true;

    /// <summary>Whether accents of Latin, Greek and Cyrillic letters stay; without, é is e.</summary>
    /// <value>true</value>
    public bool KeepDiacritics { get; init; } = true;

    /// <summary>Whether tags of HTML are words as well; otherwise they are left out, and entities such as
    /// <c>&amp;amp;</c> become what they stand for.</summary>
    /// <value>true</value>
    public bool KeepMarkup { get; init; } = true;

    /// <summary>Whether web and mail addresses are words as they stand; otherwise each is the same word.</summary>
    /// <value>true</value>
    public bool KeepAddresses { get; init; } = true;

    /// <summary>Whether numbers are words as they stand; otherwise each is the same word.</summary>
    /// <value>true</value>
    public bool KeepNumbers { get; init; } = true;

    /// <summary>Whether each mark among ! and ? is a word too.</summary>
    /// <value>false</value>
    public bool KeepPunctuation { get; init; }

    /// <summary>Words that are left out before runs of words are taken; runs of characters keep them in scripts without
    /// blanks.</summary>
    /// <value>None</value>
    public StopWordList StopWords { get; init; } = StopWordList.None;

    /// <summary>Features are hashed to 2 to the power of this many columns.</summary>
    /// <value>20</value>
    [When(nameof(VocabularySize), 0)]
    [Range(8, 26)]
    [SearchRange(14, 20)]
    public int HashBits { get; init; } = 20;

    /// <summary>Whether a feature counts -1 by one more bit of its hash, so that features in one column cancel on
    /// average.</summary>
    /// <value>false</value>
    [When(nameof(VocabularySize), 0)]
    public bool SignedHashing { get; init; }

    /// <summary>How many n-grams get a column each, those that the most training texts have; 0 to hash all of
    /// them.</summary>
    /// <value>0</value>
    [Range(0, 10_000_000)]
    public int VocabularySize { get; init; }

    /// <summary>Whether a count n becomes 1 + ln(n).</summary>
    /// <value>true</value>
    public virtual bool SublinearTermFrequency { get; init; } = true;

    /// <summary>How rare features outweigh frequent ones.</summary>
    /// <value>Smooth</value>
    public virtual InverseDocumentFrequency InverseDocumentFrequency { get; init; } = InverseDocumentFrequency.Smooth;

    /// <summary>What the features of a text are divided by.</summary>
    /// <value>L2</value>
    public virtual NormFunction Norm { get; init; } = NormFunction.L2;

    /// <summary>In how many training texts a column must occur to be used.</summary>
    /// <value>1</value>
    [Range(1, 1_000_000)]
    [SearchRange(1, 10, Log = true)]
    public int MinimumDocumentFrequency { get; init; } = 1;

    /// <summary>In which share of the training texts a column may occur at most to be used.</summary>
    /// <value>1</value>
    [Range(1e-6, 1.0)]
    public double MaximumDocumentShare { get; init; } = 1;

    /// <summary>Whether a feature that a text has is 1, however often and however rare it is.</summary>
    internal virtual bool IgnoresCounts => false;

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
