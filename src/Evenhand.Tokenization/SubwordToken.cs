namespace Evenhand.Tokenization;

/// <summary>One token of an encoded text.</summary>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Start">Where it begins in the original text, in UTF-16 characters; 0 for a token that was added around
/// the texts.</param>
/// <param name="End">Where it ends, exclusive. Tokens that are bytes of one character have the range of that
/// character.</param>
/// <param name="Segment">Segment id (token type id), as the template of the tokenizer gives it.</param>
/// <param name="Text">Which text it is from: 0 for the first, 1 for the second, <see cref="Added"/> for none.</param>
public readonly record struct SubwordToken(int Id, int Start, int End, int Segment = 0, int Text = 0)
{
    /// <summary>Value of <see cref="Text"/> of tokens that were added around the texts, such as <c>[CLS]</c>.</summary>
    public const int Added = -1;
}
