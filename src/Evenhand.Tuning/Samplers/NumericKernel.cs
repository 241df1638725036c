using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>Normal densities on the unit interval, cut off at its ends.</summary>
internal sealed class NumericKernel : Kernel
{
    // Below this many bandwidths a cell's probability is its width times the density in its middle, to 4 digits.
    private const double NarrowCell = 0.1;

    private readonly Shape[] _shapes;

    private NumericKernel(int[] slots, Shape[] shapes)
        : base(slots, shapes.Length) => _shapes = shapes;

    /// <summary>A kernel with one component for each centre and a uniform one after them.</summary>
    /// <param name="centres">Positions of the trials' values, NaN where the parameter is not active.</param>
    /// <param name="bandwidth">Standard deviation around every centre.</param>
    public static NumericKernel Create(ReadOnlySpan<double> centres, double bandwidth)
    {
        var slots = new int[centres.Length + 1];
        var shapes = new List<Shape>(centres.Length);
        var known = new Dictionary<double, int>(centres.Length);
        for (var component = 0; component < centres.Length; component++)
        {
            if (double.IsNaN(centres[component]))
            {
                slots[component] = -1;
            }
            else if (!known.TryGetValue(centres[component], out slots[component]))
            {
                slots[component] = shapes.Count;
                known.Add(centres[component], shapes.Count);
                shapes.Add(new Shape(centres[component], bandwidth));
            }
        }

        slots[^1] = -1;
        slots.AsSpan().Replace(-1, shapes.Count);
        return new NumericKernel(slots, [.. shapes]);
    }

    /// <inheritdoc/>
    protected override double DrawFrom(int slot, Random random)
    {
        // The centre is inside of the interval and the bandwidth at most its length: a third of the draws or more stay
        // in.
        while (true)
        {
            var position = _shapes[slot].Centre + (_shapes[slot].Bandwidth * Normal.Draw(random));
            if (position is >= 0 and <= 1)
            {
                return position;
            }
        }
    }

    /// <inheritdoc/>
    protected override void LogDensities(UnitCell cell, Span<double> logs)
    {
        var middle = 0.5 * (cell.Low + cell.High);
        var width = cell.High - cell.Low;
        var logWidth = width > 0 ? Math.Log(width) : 0;
        for (var slot = 0; slot < logs.Length; slot++)
        {
            ref readonly var shape = ref _shapes[slot];
            logs[slot] = width > NarrowCell * shape.Bandwidth
                ? shape.LogProbability(cell)
                : shape.LogDensity(middle) + logWidth;
        }
    }

    private readonly struct Shape
    {
        private readonly double _inverse;
        private readonly double _logInside;
        private readonly double _logPeak;

        public Shape(double centre, double bandwidth)
        {
            (Centre, Bandwidth, _inverse) = (centre, bandwidth, 1 / bandwidth);
            _logInside = Math.Log(Normal.Interval(-centre * _inverse, (1 - centre) * _inverse));
            _logPeak = -Math.Log(bandwidth) - Normal.LogRootTwoPi - _logInside;
        }

        public double Centre { get; }

        public double Bandwidth { get; }

        public double LogDensity(double position)
        {
            var distance = (position - Centre) * _inverse;
            return _logPeak - (0.5 * distance * distance);
        }

        public double LogProbability(UnitCell cell) =>
            Math.Log(Normal.Interval((cell.Low - Centre) * _inverse, (cell.High - Centre) * _inverse)) - _logInside;
    }
}
