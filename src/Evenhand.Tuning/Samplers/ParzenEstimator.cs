using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>A density over the search space: one component around each of a number of trials, and a uniform
/// prior.</summary>
/// <remarks>A component is a product of kernels, one for each parameter that is active in the proposal; where the
/// component's trial does not have the parameter, its kernel is uniform.</remarks>
internal sealed class ParzenEstimator
{
    // Bandwidth in one dimension around a single trial, in units of the interval; it shrinks with the number of trials
    // as in Scott 1992, eq. 6.42. 0.15 to 0.2 did best on the functions of `bench tuning`.
    private const double WidestBand = 0.15;

    // "Magic clipping" of Bergstra et al. 2011: no band is narrower than the interval divided by the trials, or by
    // this.
    private const double MostBands = 100;

    private readonly SearchSpace _space;
    private readonly Kernel[] _kernels;
    private readonly double[] _logWeights;
    private readonly double[] _logs;

    /// <summary>Builds the density.</summary>
    /// <param name="space">The space.</param>
    /// <param name="points">Points of the trials in the unit cube, NaN where a parameter is not active.</param>
    /// <param name="weights">Weights of the trials, 1 on average.</param>
    /// <param name="priorWeight">Weight of the prior.</param>
    public ParzenEstimator(
        SearchSpace space, IReadOnlyList<double[]> points, IReadOnlyList<double> weights, double priorWeight)
    {
        _space = space;
        var total = points.Count + priorWeight;
        _kernels = [.. space.Parameters.Select((parameter, dimension) =>
        {
            var centres = points.Select(point => point[dimension]).ToArray();
            return (Kernel)(parameter.Domain is CategoricalDomain domain
                ? CategoricalKernel.Create(centres, domain.Choices.Count, priorWeight / total)
                : NumericKernel.Create(centres, Bandwidth(centres, space.Parameters.Count)));
        })];
        _logs = new double[points.Count + 1];
        _logWeights = [.. weights.Append(priorWeight).Select(weight => Math.Log(weight / total))];
    }

    /// <summary>Gives values to all other active parameters, given those that are set already.</summary>
    public void Draw(ParameterSetBuilder builder, Random random)
    {
        WeighComponents(builder);
        var component = Pick(random);
        for (var dimension = 0; dimension < _kernels.Length; dimension++)
        {
            if (builder[dimension] is null && builder.IsActive(dimension))
            {
                var position = _kernels[dimension].Draw(component, random);
                builder.Set(dimension, _space.Parameters[dimension].Domain.FromUnit(position));
            }
        }
    }

    /// <summary>Logarithm of the density of the values that are set, where parameters with single values count by their
    /// probability.</summary>
    public double LogDensity(ParameterSetBuilder builder)
    {
        var (largest, sum) = WeighComponents(builder);
        return largest + Math.Log(sum);
    }

    // Fills _logs with the logarithm of each component's weight times its density of the values that are set; the sum
    // of them is exp(largest) * sum.
    private (double Largest, double Sum) WeighComponents(ParameterSetBuilder builder)
    {
        _logWeights.CopyTo(_logs, 0);
        for (var dimension = 0; dimension < _kernels.Length; dimension++)
        {
            if (builder[dimension] is { } value)
            {
                _kernels[dimension].AddLogDensities(_space.Parameters[dimension].Domain.CellOf(value), _logs);
            }
        }

        var largest = double.NegativeInfinity;
        foreach (var log in _logs)
        {
            largest = Math.Max(largest, log);
        }

        var sum = 0d;
        foreach (var log in _logs)
        {
            sum += Math.Exp(log - largest);
        }

        return (largest, sum);
    }

    private int Pick(Random random)
    {
        var largest = _logs.Max();
        var left = random.NextDouble() * _logs.Sum(log => Math.Exp(log - largest));
        var component = 0;
        while (component < _logs.Length - 1 && (left -= Math.Exp(_logs[component] - largest)) >= 0)
        {
            component++;
        }

        return component;
    }

    private static double Bandwidth(double[] centres, int dimensions)
    {
        var count = centres.Count(centre => !double.IsNaN(centre));
        var band = WidestBand * Math.Pow(Math.Max(count, 1), -1d / (dimensions + 4));
        return Math.Max(band, 1d / Math.Min(MostBands, count + 1));
    }
}
