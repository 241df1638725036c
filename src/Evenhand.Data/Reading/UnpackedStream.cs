using Evenhand.Configuration;

namespace Evenhand.Data.Reading;

/// <summary>What comes out of a packed file, up to what a file of data can be: a few kilobytes that unpack to
/// terabytes (a zip bomb) fill a disk or the memory.</summary>
/// <param name="content">The unpacked bytes.</param>
/// <param name="packedLength">How many bytes they are packed in.</param>
/// <param name="name">The file, for the message.</param>
internal sealed class UnpackedStream(Stream content, long packedLength, string name) : Stream
{
    /// <summary>Bytes that any file may unpack to.</summary>
    internal const long FreeLength = 64L << 20;

    /// <summary>Bytes that each packed byte may unpack to beyond those. Tables of text come to some 3 to 30; the most
    /// that DEFLATE can do is 1,032.</summary>
    internal const int MaximumRatio = 100;

    private readonly long _limit = FreeLength + (packedLength * MaximumRatio);
    private long _read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">More comes out than a file of data holds.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        _read += read;
        return _read <= _limit ? read : throw new InputException(
            $"{name} unpacks to more than {MaximumRatio} times its size, as files do that are made to fill a disk. "
            + "If it is what you expect, unpack it by other means and use the unpacked file.");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
