namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>The order in which the blocks of a square grid are worked on, by any number of threads.</summary>
/// <remarks>
/// Blocks are handed out diagonal after diagonal. A block is begun when the one before it in its row of blocks and the
/// one before it in its column of blocks are done. So what happens to the factors of each row and column happens in
/// one order, and the result does not depend on the threads, bit for bit (the stratified schedule of Gemulla, Nijkamp,
/// Haas, Sismanis, KDD 2011); yet no thread waits for a whole diagonal to end, and there is no lock.
/// </remarks>
/// <param name="side">Blocks on each side of the grid, and on each diagonal.</param>
internal sealed class BlockSchedule(int side)
{
    // A counter to a cache line, so that threads do not contend for lines.
    private const int CounterStride = 16;

    private readonly int[] _doneOfRow = new int[side * CounterStride];
    private readonly int[] _doneOfColumn = new int[side * CounterStride];
    private int _handedOut;
    private volatile bool _stopped;

    /// <summary>Works on every block once.</summary>
    /// <param name="diagonals">Order of the diagonals: a permutation.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="work">Takes the row and the column of a block.</param>
    /// <exception cref="OperationCanceledException">The context was cancelled.</exception>
    public void Run(int[] diagonals, FitContext context, Action<int, int> work)
    {
        Array.Clear(_doneOfRow);
        Array.Clear(_doneOfColumn);
        _handedOut = 0;
        _stopped = false;
        var threads = Math.Min(context.Threads, side);
        if (threads == 1)
        {
            WorkUntilDone(diagonals, work);
            return;
        }

        Parallel.For(
            0,
            threads,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = context.CancellationToken },
            _ => WorkUntilDone(diagonals, work));
    }

    private void WorkUntilDone(int[] diagonals, Action<int, int> work)
    {
        try
        {
            for (var place = Next(); place < side * side && !_stopped; place = Next())
            {
                var (turn, row) = (place / side, place % side);
                var column = (row + diagonals[turn]) % side;
                if (!Await(ref _doneOfRow[row * CounterStride], turn)
                    || !Await(ref _doneOfColumn[column * CounterStride], turn))
                {
                    return;
                }

                work(row, column);
                Volatile.Write(ref _doneOfRow[row * CounterStride], turn + 1);
                Volatile.Write(ref _doneOfColumn[column * CounterStride], turn + 1);
            }
        }
        catch
        {
            // The others would wait for this block for ever.
            _stopped = true;
            throw;
        }
    }

    private int Next() => Interlocked.Increment(ref _handedOut) - 1;

    private bool Await(ref int done, int turn)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref done) < turn && !_stopped)
        {
            spin.SpinOnce();
        }

        return !_stopped;
    }
}
