using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>One dimension of a <see cref="ParzenEstimator"/>: for each component the density of a value around the
/// value of the component's trial.</summary>
/// <remarks>Components of equal shape share a slot, so that a value is compared with each shape once. A trial in which
/// the parameter is not active, and the prior, know nothing of its value: their density is uniform.</remarks>
internal abstract class Kernel
{
    private readonly int[] _slots;
    private readonly double[] _slotLogs;

    /// <summary>Sorts the components into slots; the last slot is the uniform one.</summary>
    protected Kernel(int[] slots, int slotCount) => (_slots, _slotLogs) = (slots, new double[slotCount + 1]);

    /// <summary>Position of the uniform slot.</summary>
    protected int Uniform => _slotLogs.Length - 1;

    /// <summary>A position of the unit interval drawn from a component.</summary>
    public double Draw(int component, Random random) =>
        _slots[component] == Uniform ? random.NextDouble() : DrawFrom(_slots[component], random);

    /// <summary>Adds the logarithm of the density of a cell, or of a point, under each component.</summary>
    public void AddLogDensities(UnitCell cell, Span<double> logs)
    {
        LogDensities(cell, _slotLogs.AsSpan(0, Uniform));
        _slotLogs[Uniform] = cell.High > cell.Low ? Math.Log(cell.High - cell.Low) : 0;
        for (var component = 0; component < logs.Length; component++)
        {
            logs[component] += _slotLogs[_slots[component]];
        }
    }

    /// <summary>A draw from a slot that is not the uniform one.</summary>
    protected abstract double DrawFrom(int slot, Random random);

    /// <summary>The logarithms for all slots but the uniform one.</summary>
    protected abstract void LogDensities(UnitCell cell, Span<double> logs);
}
