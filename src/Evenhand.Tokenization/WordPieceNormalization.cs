namespace Evenhand.Tokenization;

/// <summary>What BERT does to a text before it splits it into words.</summary>
/// <remarks>Devlin, Chang, Lee, Toutanova 2019, <c>BasicTokenizer</c> of the published code. Blanks and punctuation
/// end a word in any case, and a punctuation character is a word.</remarks>
public sealed record WordPieceNormalization
{
    /// <summary>Takes control characters out and turns every kind of blank into a space.</summary>
    /// <value>true</value>
    public bool CleanText { get; init; } = true;

    /// <summary>Makes each Chinese character a word.</summary>
    /// <value>true</value>
    public bool SplitIdeographs { get; init; } = true;

    /// <summary>Takes accents off letters: decomposes and leaves out nonspacing marks.</summary>
    /// <value>true</value>
    public bool StripAccents { get; init; } = true;

    /// <summary>Turns letters into lower case.</summary>
    /// <value>true</value>
    public bool LowerCase { get; init; } = true;
}
