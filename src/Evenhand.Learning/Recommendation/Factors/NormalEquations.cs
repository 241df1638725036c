namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The normal equations of one user (or item) against the held factors of its partners: room to collect and
/// solve them, for one thread.</summary>
/// <remarks>Collects <c>A = sum w q q' + ridge I + what it began with</c> and <c>b = sum w t q</c>, and solves
/// <c>A x = b</c>: the minimum of <c>sum w (t - q.x)^2 + ridge |x|^2</c>.</remarks>
internal sealed unsafe class NormalEquations
{
    // A panel of 64 factors fills half of a common first-level cache.
    private const int PanelRows = 64;

    private readonly FactorTable _matrix;
    private readonly FactorTable _vectors;
    private readonly FactorTable _panel;

    /// <param name="size">Number of unknowns with their padding: a multiple of
    /// <see cref="FactorTable.Padding"/>.</param>
    public NormalEquations(int size)
    {
        Size = size;
        _matrix = new FactorTable(size, size);
        _vectors = new FactorTable(2, size);
        _panel = new FactorTable(PanelRows, size);
    }

    /// <summary>Number of unknowns, with padding.</summary>
    public int Size { get; }

    /// <summary>b, which may be changed until the equations are solved.</summary>
    public Span<float> Right => _vectors[0];

    /// <summary>Begins new equations: <c>A = scale M</c>, of which a square on the diagonal is taken, and
    /// <c>b = 0</c>.</summary>
    /// <param name="matrix">M, symmetric and complete; null for 0.</param>
    /// <param name="first">First row and column of the square.</param>
    /// <param name="scale">Its factor.</param>
    public void Begin(FactorTable? matrix, int first, float scale)
    {
        Right.Clear();
        for (var row = 0; row < Size; row++)
        {
            if (matrix is null)
            {
                _matrix[row].Clear();
            }
            else
            {
                FloatVectors.Scale(scale, matrix.Padded(first + row).Slice(first, Size), _matrix[row]);
            }
        }
    }

    /// <summary>Adds the terms of some partners.</summary>
    /// <param name="held">Factors of the partners.</param>
    /// <param name="first">First factor that takes part; the next <see cref="Size"/> do.</param>
    /// <param name="partners">Rows of the table.</param>
    /// <param name="weights">w of each; positive.</param>
    /// <param name="targets">t of each; empty where all are 1.</param>
    /// <param name="biasColumn">The factor in which partners keep a bias that is taken off their targets and for which
    /// 1 stands in q; -1 where there is none.</param>
    /// <param name="cancellationToken">Polled every so many partners.</param>
    public void Add(
        FactorTable held,
        int first,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        int biasColumn,
        CancellationToken cancellationToken)
    {
        for (var start = 0; start < partners.Length; start += PanelRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(PanelRows, partners.Length - start);
            PartnerKernel.Gather(
                held,
                first,
                Size,
                partners.Slice(start, count),
                weights.Slice(start, count),
                targets.IsEmpty ? [] : targets.Slice(start, count),
                biasColumn,
                _panel.Pointer,
                _vectors.Pointer);
            SymmetricKernel.AddOuterProducts(_panel.Pointer, Size, count, _matrix.Pointer, Size, 0, Size);
        }
    }

    /// <summary>Solves the equations, whose A and b are lost.</summary>
    /// <param name="ridge">Added to the diagonal.</param>
    /// <param name="unknowns">Receives x; where some must not be negative, it holds where the search starts.</param>
    /// <param name="nonNegative">How many of the first unknowns must not be negative.</param>
    public void Solve(float ridge, Span<float> unknowns, int nonNegative)
    {
        for (var row = 0; row < Size; row++)
        {
            _matrix[row][row] += ridge;
        }

        if (nonNegative > 0)
        {
            NonNegativeDescent.Solve(_matrix, Right, unknowns, nonNegative);
            return;
        }

        SymmetricKernel.Solve(_matrix.Pointer, Size, _vectors.Pointer, _vectors.Pointer + Size);
        Right[..unknowns.Length].CopyTo(unknowns);
    }
}
