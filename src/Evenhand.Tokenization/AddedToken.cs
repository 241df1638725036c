namespace Evenhand.Tokenization;

/// <summary>A token that is found in texts as it stands, before they are split into words.</summary>
/// <param name="Content">How it is written.</param>
/// <param name="Id">Its number in the vocabulary.</param>
internal sealed record AddedToken(string Content, int Id)
{
    /// <summary>Left out of decoded texts.</summary>
    public bool Special { get; init; } = true;

    /// <summary>Found only where no letter, digit or underscore stands beside it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Takes in the blanks before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Takes in the blanks after it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Looked for in the normalized text, not in the original.</summary>
    public bool Normalized { get; init; }
}
