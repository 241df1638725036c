namespace Evenhand.Learning.Mitigations.In.GroupDro;

/// <summary>Weights q of groups that rise with their losses, step by step: <c>q_g *= exp(step loss_g)</c>, scaled to
/// the sum of 1. At the start q is the groups' shares.</summary>
/// <param name="step">The step.</param>
/// <param name="logRatios">Logarithm of q over the share of each group, up to a constant; 0 at the start. It is
/// changed.</param>
public sealed class GroupWeights(double step, double[] logRatios)
{
    /// <summary>Takes one step.</summary>
    /// <param name="weights">Weight of each group's rows; a group without any stays where it is.</param>
    /// <param name="losses">Weighted sum of each group's losses.</param>
    public void Ascend(ReadOnlySpan<double> weights, ReadOnlySpan<double> losses)
    {
        for (var group = 0; group < logRatios.Length; group++)
        {
            logRatios[group] += weights[group] == 0 ? 0 : step * losses[group] / weights[group];
        }
    }

    /// <summary>What a row of each group weighs against what it weighed before: <c>q_g / share_g</c>.</summary>
    /// <param name="weights">Weight of each group's rows, which gives the shares.</param>
    /// <param name="factors">Takes the factors.</param>
    public void Factors(ReadOnlySpan<double> weights, Span<double> factors)
    {
        // The largest is taken out first, so that no exponential overflows.
        var largest = logRatios.Max();
        var (mean, all) = (0.0, 0.0);
        for (var group = 0; group < factors.Length; group++)
        {
            factors[group] = Math.Exp(logRatios[group] - largest);
            mean += weights[group] * factors[group];
            all += weights[group];
        }

        mean /= all;
        for (var group = 0; group < factors.Length; group++)
        {
            factors[group] /= mean;
        }
    }
}
