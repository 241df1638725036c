namespace Evenhand.Tuning.Space;

/// <summary>Integers from a smallest to a largest one, in steps or on the logarithm.</summary>
public sealed record IntDomain : ParameterDomain
{
    // Beyond this a double cannot tell neighbouring integers apart.
    private const long LargestExact = 1L << 53;

    private readonly long _step = 1;
    private readonly bool _log;

    /// <summary>All integers in an interval.</summary>
    /// <param name="low">Smallest value, inclusive, at least -2^53.</param>
    /// <param name="high">Largest value, inclusive, at most 2^53.</param>
    /// <exception cref="ArgumentException">The interval is empty or too large.</exception>
    public IntDomain(long low, long high)
    {
        if (low > high)
        {
            throw new ArgumentException($"The smallest value {low} is above the largest value {high}.", nameof(low));
        }

        if (low < -LargestExact || high > LargestExact)
        {
            throw new ArgumentException($"The interval [{low}, {high}] leaves [-2^53, 2^53].", nameof(high));
        }

        (Low, High) = (low, high);
    }

    /// <summary>Smallest value, inclusive.</summary>
    public long Low { get; }

    /// <summary>Largest value, inclusive; not itself a value when it is no whole number of steps above the
    /// smallest.</summary>
    public long High { get; }

    /// <summary>Distance between neighbouring values.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentException">Below 1, or above 1 in a logarithmic domain.</exception>
    public long Step
    {
        get => _step;
        init
        {
            if (value < 1)
            {
                throw new ArgumentException($"The step must be at least 1, not {value}.", nameof(value));
            }

            _step = value;
            CheckScale();
        }
    }

    /// <summary>Whether the tuner works on the logarithm; the smallest value must then be at least 1.</summary>
    /// <value>false</value>
    /// <exception cref="ArgumentException">The smallest value is below 1, or the step is not 1.</exception>
    public bool Log
    {
        get => _log;
        init
        {
            _log = value;
            CheckScale();
        }
    }

    /// <inheritdoc/>
    public override long? Count => Levels;

    private long Levels => ((High - Low) / Step) + 1;

    // A logarithmic domain reaches half a unit beyond its ends, so that both end values get a whole cell.
    private double LogLow => Math.Log(Low - 0.5);

    private double LogHigh => Math.Log(High + 0.5);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) =>
        value.Kind == ParameterKind.Int && value.AsInt64 >= Low && value.AsInt64 <= High
        && (value.AsInt64 - Low) % Step == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"int [{Low}, {High}]" + (Log ? " on the logarithm" : Step > 1 ? $" in steps of {Step}" : "");

    internal override ParameterValue ValueOf(long level) => new(Low + (level * Step));

    private protected override ParameterValue ValueAt(double position)
    {
        if (!Log)
        {
            return ValueOf(LevelAt(position, Levels));
        }

        var value = Math.Exp(LogLow + (position * (LogHigh - LogLow)));
        return new ParameterValue(Math.Clamp((long)Math.Round(value, MidpointRounding.AwayFromZero), Low, High));
    }

    private protected override UnitCell Cell(ParameterValue value)
    {
        if (!Log)
        {
            return LevelCell((value.AsInt64 - Low) / Step, Levels);
        }

        var width = LogHigh - LogLow;
        return new UnitCell(
            Math.Clamp((Math.Log(value.AsInt64 - 0.5) - LogLow) / width, 0, 1),
            Math.Clamp((Math.Log(value.AsInt64 + 0.5) - LogLow) / width, 0, 1));
    }

    private void CheckScale()
    {
        if (!_log)
        {
            return;
        }

        if (Low < 1)
        {
            throw new ArgumentException($"A logarithmic integer domain must start at 1 or above, not at {Low}.");
        }

        if (_step != 1)
        {
            throw new ArgumentException($"A logarithmic domain takes no step (here {_step}).");
        }
    }
}
