using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Tokenization;

namespace Evenhand.Torch.Pretraining;

/// <summary>Hides tokens of texts, so that an encoder learns to tell them from the others.</summary>
/// <remarks>Devlin et al. 2019, section 3.1: of each text a share of the tokens, at least one, is to be told; of these
/// 80 % are replaced by the mask, 10 % by any other token, and 10 % stay. Tokens that are added around texts are never
/// among them.</remarks>
internal sealed class TokenMasking
{
    private const double MaskedShare = 0.8;
    private const double ReplacedShare = 0.1;

    // A blank, as byte-level pair encodings spell it: it begins the words that it stands before.
    private const char BytePairBlank = '\u0120';

    private readonly double _share;
    private readonly int _mask;
    private readonly bool[] _isSpecial;
    private readonly bool[] _continuesWord;
    private readonly int[] _ordinary;

    /// <param name="tokenizer">The tokenizer of the texts.</param>
    /// <param name="share">Share of the tokens that are to be told, in (0, 1).</param>
    /// <param name="wholeWords">Whether the tokens of a word are hidden together.</param>
    /// <exception cref="InputException">The tokenizer has no token that hides others.</exception>
    public TokenMasking(SubwordTokenizer tokenizer, double share, bool wholeWords)
    {
        _share = share;
        _mask = tokenizer.MaskId ?? throw new InputException(
            "The tokenizer has no token that hides others, such as [MASK]; without it no encoder can be pre-trained.");
        _isSpecial = new bool[tokenizer.VocabularySize];
        foreach (var id in tokenizer.SpecialIds)
        {
            _isSpecial[id] = true;
        }

        int?[] special =
            [tokenizer.MaskId, tokenizer.PadId, tokenizer.ClassId, tokenizer.SeparatorId];
        foreach (var id in special.OfType<int>())
        {
            _isSpecial[id] = true;
        }

        _continuesWord = new bool[_isSpecial.Length];
        for (var id = 0; wholeWords && id < _continuesWord.Length; id++)
        {
            _continuesWord[id] = tokenizer.TokenOf(id) is { } token && ContinuesWord(tokenizer, token);
        }

        _ordinary = [.. Enumerable.Range(0, _isSpecial.Length)
            .Where(id => !_isSpecial[id] && tokenizer.TokenOf(id) is not null)];
    }

    /// <summary>Hides tokens of a batch.</summary>
    /// <param name="ids">The tokens, row after row, all rows of one length; hidden ones are replaced.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="random">Draws which.</param>
    /// <returns>The places in <paramref name="ids"/> of the tokens to be told, in order, and these tokens.</returns>
    public (long[] Places, long[] Targets) Hide(Span<long> ids, int rows, SeededRandom random)
    {
        var length = ids.Length / rows;
        List<long> places = [];
        for (var row = 0; row < rows; row++)
        {
            Choose(ids.Slice(row * length, length), row * length, places, random);
        }

        var targets = new long[places.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            ref var id = ref ids[(int)places[i]];
            targets[i] = id;
            var draw = random.NextDouble();
            id = draw < MaskedShare ? _mask
                : draw < MaskedShare + ReplacedShare ? _ordinary[random.Next(_ordinary.Length)]
                : id;
        }

        return ([.. places], targets);
    }

    // Words in random order, as long as they fit; the first one in any case.
    private void Choose(ReadOnlySpan<long> ids, int start, List<long> places, SeededRandom random)
    {
        List<(int Start, int End)> words = [];
        var tokens = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (_isSpecial[ids[i]])
            {
                continue;
            }

            tokens++;
            if (_continuesWord[ids[i]] && words.Count > 0 && words[^1].End == i)
            {
                words[^1] = (words[^1].Start, i + 1);
            }
            else
            {
                words.Add((i, i + 1));
            }
        }

        var wanted = Math.Max(1, (int)Math.Round(_share * tokens));
        var first = places.Count;
        foreach (var word in random.NextPermutation(words.Count))
        {
            var (from, to) = words[word];
            var chosen = places.Count - first;
            if (chosen > 0 && chosen + to - from > wanted)
            {
                continue;
            }

            for (var i = from; i < to; i++)
            {
                places.Add(start + i);
            }

            if (places.Count - first >= wanted)
            {
                break;
            }
        }

        places.Sort(first, places.Count - first, null);
    }

    private static bool ContinuesWord(SubwordTokenizer tokenizer, string token) =>
        tokenizer is WordPieceTokenizer pieces
        ? token.StartsWith(pieces.Prefix, StringComparison.Ordinal)
        : !token.StartsWith(BytePairBlank);
}
