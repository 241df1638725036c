using System.Globalization;
using System.IO.MemoryMappedFiles;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>The fast way for plain files of numbers and integer ids: mapped into memory, parsed on several
/// threads.</summary>
/// <remarks>The result is the same as that of the general reader, to the bit and with any number of threads.</remarks>
internal static unsafe class NumericFileReader
{
    private const long BytesPerThread = 1 << 20;

    /// <summary>Reads the file where it is plain.</summary>
    /// <returns>The table, or null where the general reader has to read the file.</returns>
    public static Table? TryRead(
        string path,
        NumericLayout layout,
        int threads,
        Action<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            return null;
        }

        using var file = MemoryMappedFile.CreateFromFile(
            path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            start += view.PointerOffset;
            var end = start + length;
            var first = new ReadOnlySpan<byte>(start, (int)Math.Min(length, 3)).SequenceEqual("\uFEFF"u8)
                ? start + 3 : start;
            first = layout.HasHeader ? PassHeader(first, end) : first;
            if (first is null)
            {
                return null;
            }

            var chunks = Cut(layout, first, end, (int)Math.Clamp(length / BytesPerThread, 1, Math.Max(threads, 1)));
            return Parse(chunks, length, progress, cancellation) ? Merge(layout, chunks) : null;
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static byte* PassHeader(byte* at, byte* end)
    {
        while (at < end && (*at == '\r' || *at == '\n'))
        {
            at++;
        }

        for (; at < end; at++)
        {
            if (*at == '"')
            {
                return null;
            }

            if (*at == '\n')
            {
                return at + 1;
            }
        }

        return null;
    }

    private static NumericChunk[] Cut(NumericLayout layout, byte* start, byte* end, int count)
    {
        var chunks = new NumericChunk[count];
        var share = (end - start) / count;
        var at = start;
        for (var i = 0; i < count; i++)
        {
            var border = start + (share * (i + 1));
            var stop = i == count - 1 ? end : border > at ? border : at;
            while (stop < end && stop > start && stop[-1] != '\n')
            {
                stop++;
            }

            chunks[i] = new NumericChunk(layout, at, stop);
            at = stop;
        }

        return chunks;
    }

    private static bool Parse(
        NumericChunk[] chunks, long length, Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var others = chunks.Skip(1)
            .Select(chunk => Task.Run(() => ParseOther(chunk, giveUp), CancellationToken.None))
            .ToArray();

        // Progress is told from the caller's thread alone.
        void Report() => progress?.Invoke(new WorkProgress(chunks.Sum(c => c.Done), length, "bytes"));
        var parsed = false;
        try
        {
            parsed = chunks[0].Parse(Report, giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Another chunk gave up.
        }
        finally
        {
            if (!parsed)
            {
                giveUp.Cancel();
            }

            // The memory stays mapped until no thread reads it.
            Task.WaitAll(others, CancellationToken.None);
        }

        cancellation.ThrowIfCancellationRequested();
        Report();
        return parsed && Array.TrueForAll(others, t => t.Result);
    }

    private static bool ParseOther(NumericChunk chunk, CancellationTokenSource giveUp)
    {
        try
        {
            if (chunk.Parse(null, giveUp.Token))
            {
                return true;
            }

            giveUp.Cancel();
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Table Merge(NumericLayout layout, NumericChunk[] chunks)
    {
        var rows = chunks.Sum(c => c.Rows);
        return new Table(layout.Columns.Select<ColumnDescriptor, Column>((column, i) =>
            layout.Fields[layout.Positions[i]] == NumericField.Number
                ? MergeNumbers(column, layout.Positions[i], chunks, rows)
                : MergeCodes(column, layout.Positions[i], chunks, rows)));
    }

    private static NumericColumn MergeNumbers(ColumnDescriptor column, int field, NumericChunk[] chunks, int rows)
    {
        var values = new double[rows];
        var at = 0;
        foreach (var chunk in chunks)
        {
            chunk.Numbers(field).CopyTo(values.AsSpan(at));
            at += chunk.Rows;
        }

        if (column.Range is { } range)
        {
            foreach (ref var value in values.AsSpan())
            {
                value = value < range[0] || value > range[1] ? double.NaN : value;
            }
        }

        return new NumericColumn(column.Name, values, ColumnRoleNames.ToRoles(column.Role));
    }

    private static CategoricalColumn MergeCodes(ColumnDescriptor column, int field, NumericChunk[] chunks, int rows)
    {
        var codes = new int[rows];
        var all = new IntegerIndex();
        var at = 0;
        foreach (var chunk in chunks)
        {
            // Chunk by chunk in the order of the file, so codes are in order of first appearance as with one thread.
            var global = chunk.Indices[field]!.Ids.Select(all.Add).ToArray();
            foreach (var local in chunk.Codes(field))
            {
                codes[at++] = global[local];
            }
        }

        var vocabulary = new Vocabulary(
            all.Ids.Select(id => id.ToString(CultureInfo.InvariantCulture)), isOrdered: false);
        return new CategoricalColumn(column.Name, codes, vocabulary, ColumnRoleNames.ToRoles(column.Role));
    }
}
