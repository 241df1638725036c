using System.Runtime.InteropServices;

namespace Evenhand.Tokenization;

/// <summary>Splits a word into the longest tokens from left to right, in time linear in its length.</summary>
/// <remarks>
/// <para>Song, Salcianu, Song, Dopson, Zhou 2021, Fast WordPiece Tokenization, algorithm 1 (LinMaxMatch). Where no
/// edge goes on, the tokens that the greedy choice has settled by then (failure pops) are given out, and the match goes
/// on at the node of what is left (failure link); no character is read twice.</para>
/// <para>Tokens that begin a word hang from one root and tokens that continue one, less their prefix, from
/// another. Immutable.</para>
/// </remarks>
internal sealed class WordPieceTrie
{
    private const int Root = 0;
    private const int Continuation = 1;
    private const int None = -1;

    private readonly int[] _lengths;
    private readonly int _prefixLength;
    private readonly int[] _failure;
    private readonly int[] _popStart;
    private readonly int[] _pops;

    // Edges in an open hash table: (parent, character) + 1, so that 0 is an empty slot; and the child.
    private readonly ulong[] _edges;
    private readonly int[] _children;
    private readonly int _shift;

    /// <param name="tokens">The token of each id; null where there is none.</param>
    /// <param name="prefix">What marks a token that continues a word.</param>
    public WordPieceTrie(ReadOnlySpan<string?> tokens, string prefix)
    {
        _prefixLength = prefix.Length;
        _lengths = new int[tokens.Length];
        List<(int Parent, char Character)> nodes = [(None, '\0'), (None, '\0')];
        List<int> ids = [None, None];
        var edges = new Dictionary<(int, char), int>();
        for (var id = 0; id < tokens.Length; id++)
        {
            if (tokens[id] is not { Length: > 0 } token)
            {
                continue;
            }

            _lengths[id] = token.Length;
            Add(Root, token, id);
            if (token.Length > prefix.Length && token.StartsWith(prefix, StringComparison.Ordinal))
            {
                Add(Continuation, token.AsSpan(prefix.Length), id);
            }
        }

        var bits = 4;
        while (1 << bits < 2 * edges.Count)
        {
            bits++;
        }

        _shift = 64 - bits;
        _edges = new ulong[1 << bits];
        _children = new int[1 << bits];
        foreach (var ((parent, character), child) in edges)
        {
            var key = Key(parent, character);
            var slot = Slot(key);
            while (_edges[slot] != 0)
            {
                slot = (slot + 1) & (_edges.Length - 1);
            }

            _edges[slot] = key;
            _children[slot] = child;
        }

        (_failure, _popStart, _pops) = LinkFailures(
            CollectionsMarshal.AsSpan(nodes), CollectionsMarshal.AsSpan(ids));

        void Add(int node, ReadOnlySpan<char> token, int id)
        {
            foreach (var c in token)
            {
                if (!edges.TryGetValue((node, c), out var child))
                {
                    child = nodes.Count;
                    edges.Add((node, c), child);
                    nodes.Add((node, c));
                    ids.Add(None);
                }

                node = child;
            }

            ids[node] = id;
        }
    }

    /// <summary>Appends the tokens of a word, the longest first from the left.</summary>
    /// <returns>Whether the vocabulary can spell the word; where not, what was appended means nothing.</returns>
    public bool TryMatch(ReadOnlySpan<char> word, List<SubwordPiece> pieces)
    {
        var node = Root;
        var position = 0;
        foreach (var c in word)
        {
            int next;
            while ((next = Child(node, c)) == None)
            {
                if (_failure[node] == None)
                {
                    return false;
                }

                node = Pop(node, ref position, pieces);
            }

            node = next;
        }

        while (node != Continuation)
        {
            if (_failure[node] == None)
            {
                return false;
            }

            node = Pop(node, ref position, pieces);
        }

        return true;
    }

    private static ulong Key(int node, char c) => (((ulong)node << 16) | c) + 1;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);

    private int Child(int node, char c)
    {
        var key = Key(node, c);
        for (var slot = Slot(key); _edges[slot] != 0; slot = (slot + 1) & (_edges.Length - 1))
        {
            if (_edges[slot] == key)
            {
                return _children[slot];
            }
        }

        return None;
    }

    private int Pop(int node, ref int position, List<SubwordPiece> pieces)
    {
        for (var i = _popStart[node]; i < _popStart[node + 1]; i++)
        {
            var id = _pops[i];
            var end = position + _lengths[id] - (position == 0 ? 0 : _prefixLength);
            pieces.Add(new SubwordPiece(id, position, end));
            position = end;
        }

        return _failure[node];
    }

    // Song et al. 2021, algorithm 2: breadth first, as a link leads to a node of fewer characters.
    private (int[] Failure, int[] PopStart, int[] Pops) LinkFailures(
        ReadOnlySpan<(int Parent, char Character)> nodes, ReadOnlySpan<int> ids)
    {
        var failure = new int[nodes.Length];
        var pops = new int[nodes.Length][];
        foreach (var node in ByDepth(nodes))
        {
            var (parent, character) = nodes[node];
            failure[node] = None;
            pops[node] = [];
            if (parent == None)
            {
                continue;
            }

            if (ids[node] != None)
            {
                failure[node] = Continuation;
                pops[node] = [ids[node]];
                continue;
            }

            List<int> settled = [.. pops[parent]];
            var left = failure[parent];
            int next;
            while (left != None)
            {
                if ((next = Child(left, character)) != None)
                {
                    failure[node] = next;
                    pops[node] = [.. settled];
                    break;
                }

                settled.AddRange(pops[left]);
                left = failure[left];
            }
        }

        var starts = new int[nodes.Length + 1];
        for (var node = 0; node < nodes.Length; node++)
        {
            starts[node + 1] = starts[node] + pops[node].Length;
        }

        return (failure, starts, [.. pops.SelectMany(p => p)]);
    }

    private static int[] ByDepth(ReadOnlySpan<(int Parent, char Character)> nodes)
    {
        // A parent stands before its children.
        var depths = new int[nodes.Length];
        for (var node = 0; node < nodes.Length; node++)
        {
            depths[node] = nodes[node].Parent == None ? 0 : depths[nodes[node].Parent] + 1;
        }

        var order = new int[nodes.Length];
        for (var node = 0; node < order.Length; node++)
        {
            order[node] = node;
        }

        Array.Sort(depths, order);
        return order;
    }
}
