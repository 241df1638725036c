using System.Globalization;

namespace Evenhand.Tuning.Space;

/// <summary>Numbers from a smallest to a largest one: continuous, in steps, or on the logarithm.</summary>
public sealed record FloatDomain : ParameterDomain
{
    // How far from a whole number of steps a value may lie and still be taken for it; covers rounding in text and
    // arithmetic.
    private const double StepTolerance = 1e-9;
    private const double MostLevels = 1L << 53;

    private readonly double? _step;
    private readonly bool _log;

    /// <summary>All numbers in an interval.</summary>
    /// <param name="low">Smallest value, inclusive.</param>
    /// <param name="high">Largest value, inclusive.</param>
    /// <exception cref="ArgumentException">An end is not finite, or the interval is empty or wider than a double
    /// holds.</exception>
    public FloatDomain(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(high - low))
        {
            throw new ArgumentException(
                $"The ends of the interval [{Text(low)}, {Text(high)}] and its width must be finite.");
        }

        if (low > high)
        {
            throw new ArgumentException(
                $"The smallest value {Text(low)} is above the largest value {Text(high)}.", nameof(low));
        }

        (Low, High) = (low, high);
    }

    /// <summary>Smallest value, inclusive.</summary>
    public double Low { get; }

    /// <summary>Largest value, inclusive; not itself a value when it is no whole number of steps above the
    /// smallest.</summary>
    public double High { get; }

    /// <summary>Distance between neighbouring values; null for a continuous domain.</summary>
    /// <value>null</value>
    /// <exception cref="ArgumentException">Not positive and finite, too small for the interval, or in a logarithmic
    /// domain.</exception>
    public double? Step
    {
        get => _step;
        init
        {
            if (value is { } step && !(double.IsFinite(step) && step > 0 && (High - Low) / step < MostLevels))
            {
                throw new ArgumentException(
                    $"The step must be positive, finite and not below 2^-53 of the interval's width, not {Text(step)}.",
                    nameof(value));
            }

            _step = value;
            CheckScale();
        }
    }

    /// <summary>Whether the tuner works on the logarithm; the smallest value must then be positive.</summary>
    /// <value>false</value>
    /// <exception cref="ArgumentException">The smallest value is not positive, or there is a step.</exception>
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
    public override long? Count => Step is { } step ? Levels(step) : Low == High ? 1 : null;

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
    {
        if (value.Kind != ParameterKind.Float || !(value.AsDouble >= Low && value.AsDouble <= High))
        {
            return false;
        }

        return Step is not { } step || Math.Abs(value.AsDouble - OnGrid(NearestLevel(value.AsDouble, step), step))
            <= StepTolerance * step;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"float [{Text(Low)}, {Text(High)}]"
        + (Log ? " on the logarithm" : Step is { } step ? $" in steps of {Text(step)}" : "");

    internal override ParameterValue ValueOf(long level) =>
        new(Step is { } step ? OnGrid(level, step) : Low);

    private protected override ParameterValue ValueAt(double position)
    {
        if (Step is { } step)
        {
            return ValueOf(LevelAt(position, Levels(step)));
        }

        var value = Log
            ? Math.Exp(Math.Log(Low) + (position * (Math.Log(High) - Math.Log(Low))))
            : Low + (position * (High - Low));
        return new ParameterValue(Math.Clamp(value, Low, High));
    }

    private protected override UnitCell Cell(ParameterValue value)
    {
        if (Step is { } step)
        {
            return LevelCell(NearestLevel(value.AsDouble, step), Levels(step));
        }

        if (Low == High)
        {
            return new UnitCell(0, 1);
        }

        var position = Log
            ? (Math.Log(value.AsDouble) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
            : (value.AsDouble - Low) / (High - Low);
        position = Math.Clamp(position, 0, 1);
        return new UnitCell(position, position);
    }

    // 0.1 to 0.3 in steps of 0.1 has three values although (0.3 - 0.1) / 0.1 is a little below 2.
    private long Levels(double step) => (long)Math.Floor(((High - Low) / step) + StepTolerance) + 1;

    private long NearestLevel(double value, double step) =>
        Math.Clamp((long)Math.Round((value - Low) / step), 0, Levels(step) - 1);

    // In decimal where it can hold the numbers, so that users see 0.3 and not 0.30000000000000004.
    private double OnGrid(long level, double step)
    {
        const double LargestDecimal = 1e12, SmallestDecimal = 1e-12;
        var fits = step is >= SmallestDecimal and <= LargestDecimal
            && Math.Max(Math.Abs(Low), Math.Abs(High)) <= LargestDecimal
            && (Low == 0 || Math.Abs(Low) >= SmallestDecimal);
        var value = fits ? (double)((decimal)Low + (level * (decimal)step)) : Low + (level * step);
        return Math.Clamp(value, Low, High);
    }

    private void CheckScale()
    {
        if (!_log)
        {
            return;
        }

        if (Low <= 0)
        {
            throw new ArgumentException($"A logarithmic domain must start above 0, not at {Text(Low)}.");
        }

        if (_step is not null)
        {
            throw new ArgumentException($"A logarithmic domain takes no step (here {Text(_step.Value)}).");
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
