using Evenhand.Data.Text;

namespace Evenhand.Data.Reading;

/// <summary>Parses a run of whole lines of a plain numeric file.</summary>
/// <remarks>Anything but the plainest form (an empty field, a blank, a quote, a leading zero of an id) makes it give
/// up: the general reader then reads the file and knows what to make of it.</remarks>
internal sealed unsafe class NumericChunk
{
    // Up to 15 digits are exact in a double, and so are these powers: the quotient is the nearest double
    // (Clinger 1990, fast path).
    private const int ExactDigits = 15;

    private const int RowsBetweenReports = 1 << 16;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly NumericLayout _layout;
    private readonly byte* _start;
    private readonly byte* _end;
    private readonly double[]?[] _numbers;
    private readonly int[]?[] _codes;
    private byte* _at;
    private long _done;

    /// <summary>A chunk from its first byte to the byte after its last.</summary>
    public NumericChunk(NumericLayout layout, byte* start, byte* end)
    {
        _layout = layout;
        _start = _at = start;
        _end = end;
        _numbers = new double[]?[layout.Fields.Length];
        _codes = new int[]?[layout.Fields.Length];
        Indices = new IntegerIndex?[layout.Fields.Length];
        var rows = EstimateRows();
        for (var i = 0; i < layout.Fields.Length; i++)
        {
            switch (layout.Fields[i])
            {
                case NumericField.Number:
                    _numbers[i] = new double[rows];
                    break;
                case NumericField.Id:
                    _codes[i] = new int[rows];
                    Indices[i] = new IntegerIndex();
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Rows parsed.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes parsed; may be asked for from another thread.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>For each field of ids, the ids.</summary>
    public IntegerIndex?[] Indices { get; }

    /// <summary>The numbers of a field.</summary>
    public ReadOnlySpan<double> Numbers(int field) => _numbers[field].AsSpan(0, Rows);

    /// <summary>The codes of a field, into the ids of this chunk.</summary>
    public ReadOnlySpan<int> Codes(int field) => _codes[field].AsSpan(0, Rows);

    /// <summary>Parses the lines.</summary>
    /// <returns>False where a line is not of the plainest form.</returns>
    public bool Parse(Action? report, CancellationToken cancellation)
    {
        while (_at < _end)
        {
            if (*_at == '\n')
            {
                _at++;
                continue;
            }

            if (Rows % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Volatile.Write(ref _done, _at - _start);
                report?.Invoke();
            }

            if (!ParseLine())
            {
                return false;
            }

            Rows++;
        }

        Volatile.Write(ref _done, _end - _start);
        return true;
    }

    private static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    private int EstimateRows()
    {
        var length = _end - _start;
        var sample = (int)Math.Min(length, 1 << 16);
        var lines = new ReadOnlySpan<byte>(_start, sample).Count((byte)'\n') + 1;
        return (int)Math.Min(Array.MaxLength, (length * lines / Math.Max(sample, 1) * 21 / 20) + 16);
    }

    private bool ParseLine()
    {
        var fields = _layout.Fields;
        if (_layout.IsBlanks)
        {
            SkipBlanks();
        }

        for (var i = 0; i < fields.Length; i++)
        {
            var parsed = fields[i] switch
            {
                NumericField.Number => ParseNumber(i),
                NumericField.Id => ParseId(i),
                _ => SkipField(),
            };
            if (!parsed || !(i == fields.Length - 1 ? EndLine() : PassDelimiter()))
            {
                return false;
            }
        }

        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _end && *_at is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    private bool EndLine()
    {
        if (_layout.IsBlanks)
        {
            SkipBlanks();
        }

        if (_at < _end && *_at == '\r')
        {
            _at++;
        }

        if (_at == _end)
        {
            return true;
        }

        return *_at++ == '\n';
    }

    private bool PassDelimiter()
    {
        if (_layout.IsBlanks)
        {
            var before = _at;
            SkipBlanks();
            return _at > before;
        }

        foreach (var expected in _layout.Delimiter)
        {
            if (_at == _end || *_at++ != expected)
            {
                return false;
            }
        }

        return true;
    }

    private bool ParseId(int field)
    {
        var first = _at;
        long id = 0;
        while (_at < _end && IsDigit(*_at))
        {
            id = (id * 10) + (*_at++ - '0');
        }

        var digits = _at - first;
        if (digits is 0 or > 18 || (*first == '0' && digits > 1))
        {
            return false;
        }

        ref var codes = ref _codes[field]!;
        if (Rows == codes.Length)
        {
            Array.Resize(ref codes, checked(Rows * 2));
        }

        codes[Rows] = Indices[field]!.Add(id);
        return true;
    }

    private bool ParseNumber(int field)
    {
        var first = _at;
        var negative = _at < _end && *_at == '-';
        _at += negative ? 1 : 0;
        var digits = _at;
        long mantissa = 0;
        while (_at < _end && IsDigit(*_at))
        {
            mantissa = unchecked((mantissa * 10) + (*_at++ - '0'));
        }

        var count = _at - digits;
        long decimals = 0;
        if (_at < _end && *_at == '.')
        {
            var point = ++_at;
            while (_at < _end && IsDigit(*_at))
            {
                mantissa = unchecked((mantissa * 10) + (*_at++ - '0'));
            }

            decimals = _at - point;
            count += decimals;
        }

        double value;
        if (count is 0 or > ExactDigits || (_at < _end && (*_at | 0x20) == 'e'))
        {
            _at = first;
            if (!ParseSlowly(out value))
            {
                return false;
            }
        }
        else
        {
            value = mantissa / PowersOfTen[decimals];
            value = negative ? -value : value;
        }

        ref var numbers = ref _numbers[field]!;
        if (Rows == numbers.Length)
        {
            Array.Resize(ref numbers, checked(Rows * 2));
        }

        numbers[Rows] = value;
        return true;
    }

    private bool ParseSlowly(out double value)
    {
        var first = _at;
        while (_at < _end && (IsDigit(*_at) || *_at is (byte)'+' or (byte)'-' or (byte)'.' or (byte)'e' or (byte)'E'))
        {
            _at++;
        }

        var text = new ReadOnlySpan<byte>(first, (int)(_at - first));
        return NumberText.TryRead(text, NumberText.Point, out value);
    }

    // Letters would do here, but a quote may hide a delimiter, and bytes beyond ASCII have to be checked.
    private bool SkipField()
    {
        var stop = _layout.IsBlanks ? (byte)' ' : _layout.Delimiter[0];
        while (_at < _end && *_at != stop && *_at is not ((byte)'\n' or (byte)'\r'))
        {
            if (*_at is (byte)'"' or (byte)'\t' or >= 0x80)
            {
                return false;
            }

            _at++;
        }

        return true;
    }
}
