namespace Evenhand.Tuning.Space;

/// <summary>The values that a parameter may take, mapped to and from the unit interval.</summary>
/// <remarks>Samplers work on the unit interval and never see scales, steps or names. Values that can be told apart
/// share the interval as cells without gaps: equal ones for stepped and categorical domains, on the logarithm for
/// logarithmic ones.</remarks>
public abstract record ParameterDomain
{
    private protected ParameterDomain()
    {
    }

    /// <summary>How many values there are; null where the domain is continuous.</summary>
    public abstract long? Count { get; }

    /// <summary>Whether the value belongs to the domain.</summary>
    /// <param name="value">Any value.</param>
    public abstract bool Contains(ParameterValue value);

    /// <summary>The value at a position of the unit interval.</summary>
    /// <param name="position">In [0, 1]; what lies outside is moved to the nearest end.</param>
    /// <exception cref="ArgumentException"><paramref name="position"/> is not a number.</exception>
    public ParameterValue FromUnit(double position)
    {
        if (double.IsNaN(position))
        {
            throw new ArgumentException("A position of the unit interval must be a number.", nameof(position));
        }

        return ValueAt(Math.Clamp(position, 0, 1));
    }

    /// <summary>The position of a value: the middle of its cell, or the point itself in a continuous domain.</summary>
    /// <param name="value">A value of the domain.</param>
    /// <exception cref="ArgumentException">The value is not in the domain.</exception>
    public double ToUnit(ParameterValue value)
    {
        var cell = CellOf(value);
        return 0.5 * (cell.Low + cell.High);
    }

    /// <summary>The cell of the unit interval whose positions all give this value.</summary>
    internal UnitCell CellOf(ParameterValue value) => Contains(value)
        ? Cell(value)
        : throw new ArgumentException($"The value {value} is not in {this}.", nameof(value));

    /// <summary>The value of a level of a domain whose values can be counted.</summary>
    /// <param name="level">From 0 to <see cref="Count"/> - 1.</param>
    internal abstract ParameterValue ValueOf(long level);

    private protected abstract ParameterValue ValueAt(double position);

    private protected abstract UnitCell Cell(ParameterValue value);

    /// <summary>Which of <paramref name="count"/> equal cells holds the position.</summary>
    private protected static long LevelAt(double position, long count) =>
        Math.Min((long)(position * count), count - 1);

    private protected static UnitCell LevelCell(long level, long count) =>
        new(level / (double)count, (level + 1) / (double)count);
}

/// <summary>An interval inside [0, 1]; a single point when both ends are equal.</summary>
internal readonly record struct UnitCell(double Low, double High);
