using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Microsoft.Win32.SafeHandles;

namespace Evenhand.Data.Ratings;

/// <summary>Ratings in a compact binary file, for data that are larger than memory: 12 bytes a rating, read front to
/// back through a small buffer.</summary>
/// <remarks>
/// All numbers are little-endian. Layout:
/// <list type="bullet">
/// <item>64 bytes of header: <c>EVRATING</c>; int32 format (1); int32 number of users; int32 number of items; uint32
/// CRC-32C of the ratings; int64 number of ratings; int64 bytes of names; uint32 CRC-32C of the names; zeros.</item>
/// <item>the ratings: int32 user, int32 item, float32 value; codes count from 0.</item>
/// <item>the names of the users, then of the items, in the order of their codes: int32 bytes, then UTF-8.</item>
/// </list>
/// The checksums start at 0 and are not inverted. The file is not mapped into memory: what is resident is what is in
/// use.
/// </remarks>
public sealed class RatingFile : IDisposable
{
    private const int RatingsOfBuffer = 1 << 16;

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly RatingFileHeader _header;

    private RatingFile(string path, SafeFileHandle handle, RatingFileHeader header, Vocabulary users, Vocabulary items)
    {
        _path = path;
        _handle = handle;
        _header = header;
        Users = users;
        Items = items;
    }

    /// <summary>The users, by code.</summary>
    public Vocabulary Users { get; }

    /// <summary>The items, by code.</summary>
    public Vocabulary Items { get; }

    /// <summary>Number of ratings.</summary>
    public long Count => _header.Count;

    /// <summary>Writes ratings as they come; the file appears once all are there.</summary>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="users">The users, by code.</param>
    /// <param name="items">The items, by code.</param>
    /// <param name="fill">Appends the ratings.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, Vocabulary users, Vocabulary items, Action<RatingFileWriter> fill)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(fill);
        RequireLittleEndian();
        try
        {
            WholeFile.Write(path, stream =>
            {
                stream.Write(new byte[RatingFileHeader.Length]);
                var writer = new RatingFileWriter(stream, users.Count, items.Count);
                fill(writer);
                var names = Names(users, items);
                stream.Write(names);
                stream.Position = 0;
                stream.Write(new RatingFileHeader(
                    users.Count,
                    items.Count,
                    writer.Count,
                    writer.Checksum,
                    names.Length,
                    RatingChecksum.Append(0, names)).ToBytes());
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"{path}: the ratings cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes the ratings of a data set; rows without a user or an item are left out.</summary>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="ratings">Has a user, an item and a numeric label in each row.</param>
    /// <exception cref="InputException">A column or a label is missing, or the file cannot be written.</exception>
    public static void Write(string path, Dataset ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.UserColumn is not { } users || ratings.ItemColumn is not { } items
            || ratings.Label is not NumericColumn { MissingCount: 0 } labels)
        {
            throw new InputException(
                $"A file of ratings needs a user, an item and a number in each row; '{ratings.Name}' lacks some.");
        }

        Write(path, users.Vocabulary, items.Vocabulary, writer =>
        {
            for (var row = 0; row < ratings.RowCount; row++)
            {
                if (users.Codes[row] >= 0 && items.Codes[row] >= 0)
                {
                    writer.Append([new Rating(users.Codes[row], items.Codes[row], (float)labels.Values[row])]);
                }
            }
        });
    }

    /// <summary>Opens a file that <see cref="Write(string, Dataset)"/> wrote.</summary>
    /// <exception cref="InputException">It cannot be read, is no file of ratings, has a format that is not known, or is
    /// cut short or damaged.</exception>
    public static RatingFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLittleEndian();
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var first = new byte[RatingFileHeader.Length];
            var read = ReadFully(handle, first, 0);
            var header = RatingFileHeader.Parse(path, first.AsSpan(0, read), RandomAccess.GetLength(handle));
            var names = new byte[header.NamesLength];
            if (ReadFully(handle, names, header.NamesStart) < names.Length
                || RatingChecksum.Append(0, names) != header.NamesChecksum)
            {
                throw Damaged(path, "the checksum of its names does not fit");
            }

            var rest = names.AsSpan();
            var users = Names(path, ref rest, header.Users);
            var items = Names(path, ref rest, header.Items);
            if (!rest.IsEmpty)
            {
                throw Damaged(path, "it has more names than users and items");
            }

            var file = new RatingFile(path, handle, header, users, items);
            handle = null;
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the ratings cannot be read: {e.Message}", e);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>Visits all ratings in the order of the file, some at a time.</summary>
    /// <param name="visit">Takes ratings; they are valid during the call only.</param>
    /// <param name="cancellationToken">Polled before each visit.</param>
    /// <exception cref="InputException">The file cannot be read, or is damaged: a code is out of range, a value is not
    /// finite, or, once all have been visited, the checksum does not fit.</exception>
    public void Visit(Action<ReadOnlySpan<Rating>> visit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var buffer = new Rating[RatingsOfBuffer];
        var checksum = 0U;
        for (var first = 0L; first < Count; first += RatingsOfBuffer)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ratings = buffer.AsSpan(0, (int)Math.Min(RatingsOfBuffer, Count - first));
            var bytes = MemoryMarshal.AsBytes(ratings);
            Read(bytes, RatingFileHeader.Length + (first * RatingFileHeader.BytesOfRating));
            checksum = RatingChecksum.Append(checksum, bytes);
            Check(ratings, first);
            visit(ratings);
        }

        if (checksum != _header.RatingsChecksum)
        {
            throw Damaged(_path, "the checksum of its ratings does not fit");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Read(Span<byte> bytes, long offset)
    {
        try
        {
            if (ReadFully(_handle, bytes, offset) < bytes.Length)
            {
                throw Damaged(_path, "it was cut short while it was read");
            }
        }
        catch (IOException e)
        {
            throw new InputException($"{_path}: the ratings cannot be read: {e.Message}", e);
        }
    }

    private void Check(ReadOnlySpan<Rating> ratings, long first)
    {
        for (var i = 0; i < ratings.Length; i++)
        {
            ref readonly var rating = ref ratings[i];
            if ((uint)rating.User >= (uint)Users.Count || (uint)rating.Item >= (uint)Items.Count
                || !float.IsFinite(rating.Value))
            {
                throw Damaged(_path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"rating {first + i} (from 0) has user {rating.User} of {Users.Count}, item {rating.Item} of "
                    + $"{Items.Count} and value {rating.Value}"));
            }
        }
    }

    private static int ReadFully(SafeFileHandle handle, Span<byte> bytes, long offset)
    {
        var done = 0;
        while (done < bytes.Length && RandomAccess.Read(handle, bytes[done..], offset + done) is var read and > 0)
        {
            done += read;
        }

        return done;
    }

    private static byte[] Names(Vocabulary users, Vocabulary items)
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var name in users.Values.Concat(items.Values))
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            stream.Write(length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    private static Vocabulary Names(string path, ref Span<byte> rest, int count)
    {
        // No name is shorter than its length: a count that cannot be true takes no memory.
        var names = new List<string>(Math.Min(count, rest.Length / sizeof(int)));
        for (var code = 0; code < count; code++)
        {
            var length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw Damaged(path, "its names end early");
            }

            names.Add(Encoding.UTF8.GetString(rest.Slice(sizeof(int), length)));
            rest = rest[(sizeof(int) + length)..];
        }

        try
        {
            return new Vocabulary(names);
        }
        catch (ArgumentException)
        {
            throw Damaged(path, "a name occurs twice");
        }
    }

    private static InputException Damaged(string path, string reason) =>
        new(path, 0, 0, $"the ratings are damaged: {reason}.");

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException(
                "Files of ratings are read and written on little-endian machines only.");
        }
    }
}
