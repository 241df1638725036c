using System.Text;

namespace Evenhand.Tokenization;

/// <summary>Merges the bytes of a word, the merge learned first before the others and the leftmost of equals
/// first.</summary>
/// <remarks>Sennrich, Haddow, Birch 2016. A queue of possible merges: n log n for a word of n bytes.</remarks>
internal sealed class BytePairSegmenter(BytePairMerges merges, int unknown) : CachingSegmenter
{
    private const int None = -1;

    private readonly List<Symbol> _symbols = [];
    private readonly PriorityQueue<(int Left, int Right, int Id), long> _queue = new();

    protected override void Segment(ReadOnlySpan<char> word, List<SubwordPiece> pieces)
    {
        Spell(word);
        _queue.Clear();
        for (var i = 1; i < _symbols.Count; i++)
        {
            Offer(i - 1, i);
        }

        while (_queue.TryDequeue(out var merge, out _))
        {
            var (left, right) = (_symbols[merge.Left], _symbols[merge.Right]);

            // Either was merged with another neighbour since.
            if (left.Next != merge.Right || right.Id == None
                || !merges.TryGet(left.Id, right.Id, out var current) || current.Id != merge.Id)
            {
                continue;
            }

            _symbols[merge.Left] = left with { Id = merge.Id, End = right.End, Next = right.Next };
            _symbols[merge.Right] = right with { Id = None };
            if (right.Next != None)
            {
                _symbols[right.Next] = _symbols[right.Next] with { Previous = merge.Left };
                Offer(merge.Left, right.Next);
            }

            if (left.Previous != None)
            {
                Offer(left.Previous, merge.Left);
            }
        }

        for (var i = _symbols.Count == 0 ? None : 0; i != None; i = _symbols[i].Next)
        {
            pieces.Add(new SubwordPiece(_symbols[i].Id, _symbols[i].Start, _symbols[i].End));
        }
    }

    // One symbol for each byte. A byte without an id is the unknown token, or is left out where there is none.
    private void Spell(ReadOnlySpan<char> word)
    {
        _symbols.Clear();
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < word.Length;)
        {
            Rune.DecodeFromUtf16(word[i..], out var rune, out var length);
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                var id = merges.ByteIds[b] < 0 ? unknown : merges.ByteIds[b];
                if (id >= 0)
                {
                    var at = _symbols.Count;
                    _symbols.Add(new Symbol(id, i, i + length, at - 1, at + 1));
                }
            }

            i += length;
        }

        if (_symbols.Count > 0)
        {
            _symbols[^1] = _symbols[^1] with { Next = None };
        }
    }

    private void Offer(int left, int right)
    {
        if (merges.TryGet(_symbols[left].Id, _symbols[right].Id, out var merge))
        {
            _queue.Enqueue((left, right, merge.Id), ((long)merge.Rank << 32) | (uint)left);
        }
    }

    private readonly record struct Symbol(int Id, int Start, int End, int Previous, int Next);
}
