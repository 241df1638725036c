namespace Evenhand.Data.Reading;

/// <summary>Cuts a stream into lines without copying: a line is a span of the buffer.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private bool _finished;
    private bool _begun;

    /// <summary>Number of the current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line without its end (LF or CR LF); a byte order mark at the start is passed over.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 || (_finished && _end > _start))
            {
                var length = found >= 0 ? searched + found : _end - _start;
                line = _buffer.AsSpan(_start, length);
                _start += found >= 0 ? length + 1 : length;
                Line++;
                if (Line == 1 && line.StartsWith("\uFEFF"u8))
                {
                    line = line[3..];
                }

                if (line.Length > 0 && line[^1] == '\r')
                {
                    line = line[..^1];
                }

                return true;
            }

            if (_finished)
            {
                line = default;
                return false;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        else if (_begun && _end == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }

        _begun = true;
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _finished = read == 0;
        _end += read;
    }
}
