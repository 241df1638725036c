namespace Evenhand.Torch.Transformer;

/// <summary>How words are split into tokens.</summary>
public enum TokenizerKind
{
    /// <summary>The longest pieces of a vocabulary that is learned from the texts, in small letters without accents, as
    /// BERT's.</summary>
    Wordpiece,

    /// <summary>Pairs of bytes joined in the order in which they were learned from the texts, as RoBERTa's; no letter
    /// is lost.</summary>
    Bpe,
}
