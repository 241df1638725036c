namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Ratings cut into a square grid of blocks, wherever they lie.</summary>
internal interface IRatingBlocks
{
    /// <summary>Blocks on each side of the grid.</summary>
    int Side { get; }

    /// <summary>Visits the ratings of a block in their order, some at a time. Blocks may be visited from many threads
    /// at once.</summary>
    /// <param name="row">Row of the block.</param>
    /// <param name="column">Column of the block.</param>
    /// <param name="visit">Takes ratings and their weights, of which there are none where all weigh 1.</param>
    /// <param name="cancellationToken">Polled before each visit.</param>
    void Visit(int row, int column, RatingVisitor visit, CancellationToken cancellationToken);
}

/// <summary>Takes some ratings of a block, valid during the call only.</summary>
internal delegate void RatingVisitor(ReadOnlySpan<RatingEntry> entries, ReadOnlySpan<float> weights);
