using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Loading;

/// <summary>Finds the core of rows: see <see cref="CoreFilter"/>.</summary>
/// <remarks>Users and items with too few rows are taken away with their rows, which may leave others with too few. The
/// order makes no difference to what stays. Time and memory grow with the rows.</remarks>
internal static class CoreRows
{
    /// <summary>Leaves out the rows that are not in the core.</summary>
    /// <param name="user">The user of each row.</param>
    /// <param name="item">The item of each row.</param>
    /// <param name="core">The least numbers of rows.</param>
    /// <param name="keep">The rows that are left.</param>
    /// <param name="cancellation">Polled throughout.</param>
    public static void Keep(
        CategoricalColumn user, CategoricalColumn item, CoreFilter core, bool[] keep, CancellationToken cancellation)
    {
        for (var row = 0; row < keep.Length; row++)
        {
            keep[row] &= user.Codes[row] >= 0 && item.Codes[row] >= 0;
        }

        var users = new Side(user, core.User, keep);
        var items = new Side(item, core.Item, keep);
        var few = new Stack<(Side Side, int Code)>();
        PushAll(users);
        PushAll(items);
        while (few.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var row in next.Side.RowsOf(next.Code))
            {
                if (keep[row])
                {
                    keep[row] = false;
                    Leave(users, row);
                    Leave(items, row);
                }
            }
        }

        void PushAll(Side side)
        {
            foreach (var code in side.TooFew())
            {
                few.Push((side, code));
            }
        }

        void Leave(Side side, int row)
        {
            if (side.Leave(row) is var code and >= 0)
            {
                few.Push((side, code));
            }
        }
    }

    // The users or the items, with the rows of each.
    private sealed class Side
    {
        private readonly CategoricalColumn _column;
        private readonly int _least;
        private readonly int[] _counts;
        private readonly int[] _starts;
        private readonly int[] _rows;

        public Side(CategoricalColumn column, int least, bool[] keep)
        {
            _column = column;
            _least = least;
            _counts = new int[column.Vocabulary.Count];
            _starts = new int[_counts.Length + 1];
            for (var row = 0; row < keep.Length; row++)
            {
                if (keep[row])
                {
                    _counts[column.Codes[row]]++;
                }
            }

            for (var code = 0; code < _counts.Length; code++)
            {
                _starts[code + 1] = _starts[code] + _counts[code];
            }

            _rows = new int[_starts[^1]];
            var next = _starts.AsSpan().ToArray();
            for (var row = 0; row < keep.Length; row++)
            {
                if (keep[row])
                {
                    _rows[next[column.Codes[row]]++] = row;
                }
            }
        }

        public ReadOnlySpan<int> RowsOf(int code) => _rows.AsSpan(_starts[code].._starts[code + 1]);

        public IEnumerable<int> TooFew() =>
            Enumerable.Range(0, _counts.Length).Where(code => _counts[code] > 0 && _counts[code] < _least);

        // The code that has too few rows from now on; -1 where it had before, or has enough.
        public int Leave(int row)
        {
            var code = _column.Codes[row];
            return --_counts[code] == _least - 1 ? code : -1;
        }
    }
}
