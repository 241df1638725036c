namespace Evenhand.Tokenization;

/// <summary>A token of a word; the range is in characters of that word.</summary>
internal readonly record struct SubwordPiece(int Id, int Start, int End);
