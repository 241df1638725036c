namespace Evenhand.Learning.Text.FastText;

/// <summary>A binary tree whose leaves are classes, the frequent ones near the root, and the way from the root to each
/// of them.</summary>
/// <remarks>D. A. Huffman, "A method for the construction of minimum-redundancy codes", Proc. IRE 40 (1952). Of nodes
/// with equal counts the one made first is joined first, leaves by their number, so that equal counts give equal
/// trees.</remarks>
internal sealed class HuffmanTree
{
    private readonly int[][] _nodes;
    private readonly bool[][] _turns;

    private HuffmanTree(int[][] nodes, bool[][] turns)
    {
        _nodes = nodes;
        _turns = turns;
        NodeCount = nodes.Length - 1;
        Deepest = nodes.Max(path => path.Length);
    }

    /// <summary>Number of inner nodes.</summary>
    public int NodeCount { get; }

    /// <summary>Most inner nodes on the way to a leaf.</summary>
    public int Deepest { get; }

    /// <summary>The inner nodes from the root to a leaf; the root is the last node.</summary>
    public ReadOnlySpan<int> Nodes(int leaf) => _nodes[leaf];

    /// <summary>Whether the way turns to the second child at each of <see cref="Nodes"/>.</summary>
    public ReadOnlySpan<bool> Turns(int leaf) => _turns[leaf];

    /// <param name="counts">How often each leaf occurs; not negative. At least two.</param>
    public static HuffmanTree Of(ReadOnlySpan<double> counts)
    {
        var leaves = counts.Length;
        var parents = new int[(2 * leaves) - 1];
        var isSecond = new bool[parents.Length];
        var queue = new PriorityQueue<int, (double Count, int Node)>();
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            queue.Enqueue(leaf, (counts[leaf], leaf));
        }

        for (var node = leaves; node < parents.Length; node++)
        {
            queue.TryDequeue(out var first, out var ofFirst);
            queue.TryDequeue(out var second, out var ofSecond);
            parents[first] = parents[second] = node;
            isSecond[second] = true;
            queue.Enqueue(node, (ofFirst.Count + ofSecond.Count, node));
        }

        var nodes = new int[leaves][];
        var turns = new bool[leaves][];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var (path, ofPath) = (new List<int>(), new List<bool>());
            for (var node = leaf; node != parents.Length - 1; node = parents[node])
            {
                path.Add(parents[node] - leaves);
                ofPath.Add(isSecond[node]);
            }

            path.Reverse();
            ofPath.Reverse();
            (nodes[leaf], turns[leaf]) = ([.. path], [.. ofPath]);
        }

        return new HuffmanTree(nodes, turns);
    }
}
