using System.ComponentModel.DataAnnotations;

namespace Evenhand.Tokenization.Training;

/// <summary>Settings of <see cref="WordPieceTrainer"/>.</summary>
public sealed record WordPieceTrainingOptions : SubwordTrainingOptions
{
    /// <summary>Most characters that are tokens, the most frequent ones; words with others are unknown.</summary>
    /// <value>1000</value>
    [Range(1, 1_000_000)]
    public int AlphabetLimit { get; init; } = 1000;

    /// <summary>Turns letters into lower case.</summary>
    /// <value>true</value>
    public bool LowerCase { get; init; } = true;

    /// <summary>Takes accents off letters.</summary>
    /// <value>true</value>
    public bool StripAccents { get; init; } = true;

    /// <summary>Which two tokens are merged next. By frequency, as Hugging Face's trainer does, texts come out
    /// shorter.</summary>
    /// <value>Frequency</value>
    public MergeScore Score { get; init; } = MergeScore.Frequency;
}
