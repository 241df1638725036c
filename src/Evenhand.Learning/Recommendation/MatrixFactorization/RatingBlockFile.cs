using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Ratings;
using Evenhand.Learning.Recommendation.Factors;
using Microsoft.Win32.SafeHandles;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>The blocks of <see cref="RatingBlocks"/> in a file, for ratings that are larger than memory.</summary>
/// <remarks>
/// <para>Two passes over the ratings count those of each block and sort them into the blocks, through a buffer for
/// each; then every block is read, put into its order and written back. In memory are the buffers, and
/// two copies of a block for each thread. The order is that of <see cref="RatingBlocks"/>.</para>
/// <para>The file is read in slices into buffers, not mapped: what is resident is what is in use. It is gone once it
/// is closed.</para>
/// </remarks>
internal sealed class RatingBlockFile : IRatingBlocks, IDisposable
{
    private const int BytesOfEntry = 12;
    private const int RatingsOfSlice = 1 << 15;

    // All buffers of the sort together, and the most that one of them is worth.
    private const int RatingsOfBuffers = 1 << 24;
    private const int MostRatingsOfBuffer = 1 << 14;
    private const int LeastRatingsOfBuffer = 64;

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly RatingGrid _grid;

    // Ratings before each block.
    private readonly long[] _starts;

    private RatingBlockFile(string path, SafeFileHandle handle, RatingGrid grid, long[] starts)
    {
        _path = path;
        _handle = handle;
        _grid = grid;
        _starts = starts;
    }

    /// <inheritdoc/>
    public int Side => _grid.Side;

    /// <param name="file">The ratings.</param>
    /// <param name="survey">What is known of them.</param>
    /// <param name="scale">Scale of the values.</param>
    /// <param name="users">Numbers of the users.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <param name="rowBytes">Bytes of the factors of one row or column.</param>
    /// <param name="folder">Where the file is made.</param>
    /// <param name="context">Seeds, which decide the order of the ratings; threads; cancellation.</param>
    /// <exception cref="InputException">The ratings are damaged, or the folder takes no file of that size.</exception>
    public static RatingBlockFile Of(
        RatingFile file,
        RatingSurvey survey,
        RatingScale scale,
        Renumbering users,
        Renumbering items,
        int rowBytes,
        string folder,
        FitContext context)
    {
        var usersAreRows = ScaledRatings.AreUsersRows(users.Count, items.Count);
        var sampleUsers = Array.ConvertAll(survey.SampleUsers, user => users[user]);
        var sampleItems = Array.ConvertAll(survey.SampleItems, item => items[item]);
        var grid = usersAreRows
            ? RatingGrid.Of(users.Count, items.Count, file.Count, rowBytes, sampleUsers, sampleItems)
            : RatingGrid.Of(items.Count, users.Count, file.Count, rowBytes, sampleItems, sampleUsers);
        RatingEntry Entry(in Rating rating)
        {
            var (user, item) = (users[rating.User], items[rating.Item]);
            var value = scale.Of(rating.Value);
            return usersAreRows ? new RatingEntry(user, item, value) : new RatingEntry(item, user, value);
        }

        var starts = new long[(grid.Side * grid.Side) + 1];
        file.Visit(
            ratings =>
            {
                foreach (ref readonly var rating in ratings)
                {
                    var entry = Entry(rating);
                    starts[BlockOf(grid, entry) + 1]++;
                }
            },
            context.CancellationToken);
        for (var block = 1; block < starts.Length; block++)
        {
            starts[block] += starts[block - 1];
        }

        var path = Path.Combine(folder, $"ratings-{Guid.NewGuid():N}{WholeFile.UnfinishedSuffix}");
        var blocks = new RatingBlockFile(path, Create(path, file.Count * BytesOfEntry), grid, starts);
        try
        {
            blocks.SortIntoBlocks(file, Entry, context.CancellationToken);
            blocks.Order(context);
            return blocks;
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Visit(int row, int column, RatingVisitor visit, CancellationToken cancellationToken)
    {
        var block = (row * Side) + column;
        var end = _starts[block + 1];
        var buffer = ArrayPool<RatingEntry>.Shared.Rent(RatingsOfSlice);
        try
        {
            for (var start = _starts[block]; start < end; start += RatingsOfSlice)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entries = buffer.AsSpan(0, (int)Math.Min(RatingsOfSlice, end - start));
                Read(entries, start);
                visit(entries, []);
            }
        }
        finally
        {
            ArrayPool<RatingEntry>.Shared.Return(buffer);
        }
    }

    /// <summary>Closes and deletes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Create(string path, long bytes)
    {
        try
        {
            return File.OpenHandle(
                path,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                FileOptions.DeleteOnClose | FileOptions.RandomAccess,
                preallocationSize: bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: the ratings cannot be sorted into blocks: {e.Message} They take {bytes} bytes."), e);
        }
    }

    private static int BlockOf(RatingGrid grid, in RatingEntry entry) =>
        (grid.RowOf[entry.Row] * grid.Side) + grid.ColumnOf[entry.Column];

    private delegate RatingEntry EntryOf(in Rating rating);

    private void SortIntoBlocks(RatingFile file, EntryOf entryOf, CancellationToken cancellationToken)
    {
        var count = Side * Side;
        var size = Math.Clamp(RatingsOfBuffers / count, LeastRatingsOfBuffer, MostRatingsOfBuffer);
        var buffers = new RatingEntry[count][];
        var filled = new int[count];
        var next = new long[count];
        for (var block = 0; block < count; block++)
        {
            buffers[block] = new RatingEntry[Math.Min(size, _starts[block + 1] - _starts[block])];
            next[block] = _starts[block];
        }

        file.Visit(
            ratings =>
            {
                foreach (ref readonly var rating in ratings)
                {
                    var entry = entryOf(rating);
                    var block = BlockOf(_grid, entry);
                    buffers[block][filled[block]++] = entry;
                    if (filled[block] == buffers[block].Length)
                    {
                        Empty(block);
                    }
                }
            },
            cancellationToken);
        for (var block = 0; block < count; block++)
        {
            Empty(block);
        }

        void Empty(int block)
        {
            Write(buffers[block].AsSpan(0, filled[block]), next[block]);
            next[block] += filled[block];
            filled[block] = 0;
        }
    }

    private void Order(FitContext context)
    {
        var seeds = _grid.SeedsOfBlocks(context.Seeds.Fork("order").CreateRandom());
        Parallel.For(
            0,
            Side * Side,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            block =>
            {
                var entries = GC.AllocateUninitializedArray<RatingEntry>(
                    checked((int)(_starts[block + 1] - _starts[block])));
                Read(entries, _starts[block]);
                RatingBlocks.SortByStrip(entries, [], _grid, block, new SeededRandom(seeds[block]));
                Write(entries, _starts[block]);
            });
    }

    private void Read(Span<RatingEntry> entries, long start)
    {
        var bytes = MemoryMarshal.AsBytes(entries);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_handle, bytes[done..], (start * BytesOfEntry) + done);
            done += read > 0 ? read : throw new EndOfStreamException($"{_path} was cut short while in use.");
        }
    }

    private void Write(ReadOnlySpan<RatingEntry> entries, long start) =>
        RandomAccess.Write(_handle, MemoryMarshal.AsBytes(entries), start * BytesOfEntry);
}
