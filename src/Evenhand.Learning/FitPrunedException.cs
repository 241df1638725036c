namespace Evenhand.Learning;

/// <summary>A fit ended early because its listener answered so: see <see cref="FitContext.Listener"/>.</summary>
/// <param name="step">The last iteration, counted from 1.</param>
public sealed class FitPrunedException(int step) : Exception($"The fit was pruned after iteration {step}.")
{
    /// <summary>The last iteration, counted from 1.</summary>
    public int Step { get; } = step;
}
