using System.Runtime.CompilerServices;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Resampling;

/// <summary>All rows (population 0) and every group of every attribute, numbered one after the other.</summary>
/// <remarks>Rows with the same group in every attribute form an atom. Additive figures are summed by atom in one pass
/// over the rows and then folded, so the cost of a pass does not grow with the number of attributes. Where groups
/// overlap, an atom is folded into each of its groups.</remarks>
internal sealed class Populations
{
    private readonly int[][] _codeOfAtom;

    // 0, 1, 2, ...: the only group of a code, where groups do not overlap.
    private readonly int[] _numbers;

    public Populations(int rows, IReadOnlyList<GroupCodes> attributes)
    {
        First = new int[attributes.Count];
        Count = 1;
        foreach (var (index, attribute) in attributes.Index())
        {
            Check(attribute, rows);
            First[index] = Count;
            Count += attribute.Groups.Count;
        }

        (Codes, Offset, AtomCount) = (new int[attributes.Count == 0 ? rows : 0], 0, 1);
        _codeOfAtom = new int[attributes.Count][];
        _numbers = [.. Enumerable.Range(0, attributes.Select(a => a.Groups.Count).DefaultIfEmpty().Max())];
        for (var index = 0; index < attributes.Count; index++)
        {
            Cross(attributes[index], index);
        }

        Attributes = attributes;
        RowCounts = new int[Count];
        CountRows();
    }

    /// <summary>The attributes.</summary>
    public IReadOnlyList<GroupCodes> Attributes { get; }

    /// <summary>Atom of each row, less <see cref="Offset"/>.</summary>
    public int[] Codes { get; private set; }

    /// <summary>What to add to an entry of <see cref="Codes"/>: 1 where they are a caller's own codes with -1 for
    /// unknown.</summary>
    public int Offset { get; private set; }

    /// <summary>Number of atoms.</summary>
    public int AtomCount { get; private set; }

    /// <summary>Number of populations: 1 + all groups of all attributes.</summary>
    public int Count { get; }

    /// <summary>Population of each attribute's first group.</summary>
    public int[] First { get; }

    /// <summary>Number of rows of each population.</summary>
    public int[] RowCounts { get; }

    /// <summary>The groups, by number within the attribute, of a code of an attribute; none for an unknown
    /// one.</summary>
    public ReadOnlySpan<int> GroupsOf(int attribute, int code) =>
        code < 0 ? [] : Attributes[attribute].GroupsOfCode is { } groups ? groups[code] : _numbers.AsSpan(code, 1);

    /// <summary>Number of the attribute of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int IndexOf(string attribute)
    {
        foreach (var (index, own) in Attributes.Index())
        {
            if (own.Attribute == attribute)
            {
                return index;
            }
        }

        throw new ArgumentException(
            $"There is no attribute '{attribute}' in the report; "
            + $"it has: {string.Join(", ", Attributes.Select(a => a.Attribute))}.");
    }

    /// <summary>Whether each group of an attribute has at least the minimum size.</summary>
    public bool[] CountedGroups(int attribute, int minimumSize) =>
    [
        .. RowCounts.Skip(First[attribute]).Take(Attributes[attribute].Groups.Count)
            .Select(count => count >= minimumSize),
    ];

    /// <summary>Adds figures of atoms up to figures of populations.</summary>
    /// <param name="atoms">Figures by atom: <paramref name="width"/> for each.</param>
    /// <param name="width">Number of figures.</param>
    /// <param name="populations">Receives figures by population: <paramref name="width"/> for each.</param>
    public void Fold(ReadOnlySpan<double> atoms, int width, Span<double> populations)
    {
        populations.Clear();
        for (var atom = 0; atom < AtomCount; atom++)
        {
            var figures = atoms.Slice(atom * width, width);
            Add(figures, populations[..width]);
            for (var attribute = 0; attribute < First.Length; attribute++)
            {
                foreach (var group in GroupsOf(attribute, _codeOfAtom[attribute][atom]))
                {
                    Add(figures, populations.Slice((First[attribute] + group) * width, width));
                }
            }
        }
    }

    private static void Add(ReadOnlySpan<double> from, Span<double> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] += from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Check(GroupCodes attribute, int rows)
    {
        var codes = attribute.Codes;
        if (codes.Length != rows)
        {
            throw new ArgumentException(
                $"Attribute '{attribute.Attribute}' has {codes.Length} codes where there are {rows} rows.");
        }

        // Negative where a code is too large or too small.
        var largest = attribute.CodeCount - 1;
        var outside = 0;
        foreach (var code in codes)
        {
            outside |= (largest - code) | (code + 1);
        }

        if (outside < 0)
        {
            var row = Array.FindIndex(codes, code => code < -1 || code > largest);
            throw new ArgumentException($"Attribute '{attribute.Attribute}' has code {codes[row]} in row {row}; "
                + $"valid: -1 to {largest}.");
        }

        foreach (var groups in attribute.GroupsOfCode ?? [])
        {
            if (groups.Distinct().Count() < groups.Length
                || groups.Any(group => group < 0 || group >= attribute.Groups.Count))
            {
                throw new ArgumentException($"Attribute '{attribute.Attribute}' has a code of groups "
                    + $"{string.Join(", ", groups)}; valid: 0 to {attribute.Groups.Count - 1}, each once.");
            }
        }
    }

    // Refines the atoms by one more attribute. The first attribute's codes serve as atoms as they are.
    private void Cross(GroupCodes attribute, int index)
    {
        var groups = attribute.CodeCount + 1;
        if (index == 0)
        {
            (Codes, Offset, AtomCount) = (attribute.Codes, 1, groups);
            _codeOfAtom[0] = [.. Enumerable.Range(-1, groups)];
            return;
        }

        var atoms = new int[Codes.Length];
        var seen = new Dictionary<long, int>();
        var last = (Key: -1L, Atom: -1);
        for (var row = 0; row < atoms.Length; row++)
        {
            var key = ((long)(Codes[row] + Offset) * groups) + attribute.Codes[row] + 1;
            if (key != last.Key)
            {
                if (!seen.TryGetValue(key, out var atom))
                {
                    seen.Add(key, atom = seen.Count);
                }

                last = (key, atom);
            }

            atoms[row] = last.Atom;
        }

        for (var earlier = 0; earlier < index; earlier++)
        {
            var old = _codeOfAtom[earlier];
            _codeOfAtom[earlier] = [.. seen.Keys.Select(key => old[key / groups])];
        }

        _codeOfAtom[index] = [.. seen.Keys.Select(key => (int)(key % groups) - 1)];
        (Codes, Offset, AtomCount) = (atoms, 0, seen.Count);
    }

    private void CountRows()
    {
        var lanes = new int[4 * AtomCount];
        Tally.Add(Codes, Offset, lanes, AtomCount);
        var atoms = new double[AtomCount];
        for (var i = 0; i < lanes.Length; i++)
        {
            atoms[i % AtomCount] += lanes[i];
        }

        var counts = new double[Count];
        Fold(atoms, 1, counts);
        for (var i = 0; i < counts.Length; i++)
        {
            RowCounts[i] = (int)counts[i];
        }
    }
}
