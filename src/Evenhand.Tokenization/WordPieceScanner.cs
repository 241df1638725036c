namespace Evenhand.Tokenization;

/// <summary>Normalizes, splits at blanks, punctuation and Chinese characters, and splits the words into
/// pieces.</summary>
internal sealed class WordPieceScanner(
    AddedTokenMatcher added, AddedTokenMatcher normalizedAdded, BertNormalizer normalizer, WordSegmenter segmenter)
    : SubwordScanner(added)
{
    private readonly NormalizedText _text = new();
    private readonly CharacterKinds _alone = CharacterKinds.Punctuation
        | (normalizer.Options.SplitIdeographs ? CharacterKinds.Ideograph : CharacterKinds.None);

    protected override void ScanSection(ReadOnlySpan<char> section, int offset, List<SubwordToken> tokens)
    {
        _text.Clear();
        normalizer.Normalize(section, offset, _text);
        if (normalizedAdded.IsEmpty)
        {
            SplitWords(0, _text.Length, tokens);
            return;
        }

        for (var position = 0; position < _text.Length;)
        {
            var token = normalizedAdded.Find(_text.Characters, position, out var start, out var end);
            SplitWords(position, start, tokens);
            if (token is not null)
            {
                tokens.Add(new SubwordToken(token.Id, _text.Starts[start], _text.Ends[end - 1]));
            }

            position = end;
        }
    }

    private void SplitWords(int from, int to, List<SubwordToken> tokens)
    {
        var characters = _text.Characters[..to];
        var ends = _alone | CharacterKinds.White | CharacterKinds.Surrogate;
        var word = from;
        for (var i = from; i < to;)
        {
            var kinds = CharacterTable.Basic[characters[i]];
            if ((kinds & ends) == 0)
            {
                i++;
                continue;
            }

            kinds = CharacterTable.At(characters, i, out var length);
            if ((kinds & ends) != 0)
            {
                Add(word, i, tokens);
                word = i + length;
                if ((kinds & CharacterKinds.White) == 0)
                {
                    Add(i, word, tokens);
                }
            }

            i += length;
        }

        Add(word, to, tokens);
    }

    private void Add(int from, int to, List<SubwordToken> tokens)
    {
        if (from == to)
        {
            return;
        }

        var starts = _text.Starts;
        var ends = _text.Ends;
        foreach (var piece in segmenter.Pieces(_text.Characters[from..to]))
        {
            tokens.Add(new SubwordToken(piece.Id, starts[from + piece.Start], ends[from + piece.End - 1]));
        }
    }
}
