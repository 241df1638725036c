namespace Evenhand.Tokenization;

/// <summary>Splits into words as GPT-2 does, and merges the bytes of each.</summary>
/// <param name="added">Tokens found as they stand.</param>
/// <param name="segmenter">Splits words.</param>
/// <param name="addPrefixSpace">Whether a text, and what follows an added token, is read as if a blank stood before
/// it.</param>
/// <param name="trimOffsets">Whether blanks at its ends are left out of a token's range.</param>
internal sealed class BytePairScanner(
    AddedTokenMatcher added, WordSegmenter segmenter, bool addPrefixSpace, bool trimOffsets) : SubwordScanner(added)
{
    private char[] _prefixed = [' '];

    protected override void ScanSection(ReadOnlySpan<char> section, int offset, List<SubwordToken> tokens)
    {
        var text = section;
        var shift = 0;
        if (addPrefixSpace && section[0] != ' ')
        {
            if (_prefixed.Length <= section.Length)
            {
                _prefixed = new char[Math.Max(2 * _prefixed.Length, section.Length + 1)];
                _prefixed[0] = ' ';
            }

            section.CopyTo(_prefixed.AsSpan(1));
            text = _prefixed.AsSpan(0, section.Length + 1);
            shift = 1;
        }

        for (var start = 0; start < text.Length;)
        {
            var end = GptWords.End(text, start);
            foreach (var piece in segmenter.Pieces(text[start..end]))
            {
                var (from, to) = (Math.Max(0, start + piece.Start - shift), start + piece.End - shift);
                if (trimOffsets)
                {
                    while (from < to && section[from] == ' ')
                    {
                        from++;
                    }

                    while (to > from && section[to - 1] == ' ')
                    {
                        to--;
                    }
                }

                tokens.Add(new SubwordToken(piece.Id, offset + from, offset + to));
            }

            start = end;
        }
    }
}
