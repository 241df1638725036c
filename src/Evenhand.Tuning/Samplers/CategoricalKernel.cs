using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>The choice of the component's trial, or with a small probability any choice (Aitchison and Aitken
/// 1976).</summary>
internal sealed class CategoricalKernel : Kernel
{
    private readonly int _choices;
    private readonly double _logSame;
    private readonly double _logOther;
    private readonly double _anyChoice;

    private CategoricalKernel(int[] slots, int choices, double smoothing)
        : base(slots, choices)
    {
        // Each choice counts "smoothing", that of the trial 1 more.
        var total = 1 + (choices * smoothing);
        _choices = choices;
        _logSame = Math.Log((1 + smoothing) / total);
        _logOther = Math.Log(smoothing / total);
        _anyChoice = choices * smoothing / total;
    }

    /// <summary>A kernel with one component for each centre and a uniform one after them.</summary>
    /// <param name="centres">Positions of the trials' choices in the unit interval, NaN where the parameter is not
    /// active.</param>
    /// <param name="choices">Number of choices.</param>
    /// <param name="smoothing">What every choice counts where that of the trial counts 1 more; positive.</param>
    public static CategoricalKernel Create(ReadOnlySpan<double> centres, int choices, double smoothing)
    {
        var slots = new int[centres.Length + 1];
        for (var component = 0; component < centres.Length; component++)
        {
            slots[component] = double.IsNaN(centres[component]) ? choices : (int)(centres[component] * choices);
        }

        slots[^1] = choices;
        return new CategoricalKernel(slots, choices, smoothing);
    }

    /// <inheritdoc/>
    protected override double DrawFrom(int slot, Random random) => random.NextDouble() < _anyChoice
        ? random.NextDouble()
        : (slot + 0.5) / _choices;

    /// <inheritdoc/>
    protected override void LogDensities(UnitCell cell, Span<double> logs)
    {
        logs.Fill(_logOther);
        logs[(int)(0.5 * (cell.Low + cell.High) * _choices)] = _logSame;
    }
}
