using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Draws of the parameters, put side by side: the mean of S factorization machines of rank k is one of rank S
/// k whose factors are divided by the root of S, and whose weights are the means.</summary>
internal sealed class FactorSamples
{
    private readonly int _rank;
    private readonly int _samples;

    public FactorSamples(int features, int rank, int samples)
    {
        _rank = rank;
        _samples = samples;
        Factors = new FactorTable(features, checked(rank * samples));
        Weights = new double[features];
    }

    /// <summary>One row for each feature.</summary>
    public FactorTable Factors { get; }

    /// <summary>Mean weight of each feature.</summary>
    public double[] Weights { get; }

    /// <summary>How many draws there are.</summary>
    public int Added { get; private set; }

    /// <summary>None yet of so many draws of the same parameters.</summary>
    public FactorSamples With(int samples) => new(Weights.Length, _rank, samples);

    /// <summary>The mean of the draws there are, which further ones do not change.</summary>
    public FactorSamples SoFar()
    {
        var (share, root) = ((double)_samples / Added, Math.Sqrt((double)_samples / Added));
        var soFar = With(Added);
        for (var feature = 0; feature < Weights.Length; feature++)
        {
            soFar.Weights[feature] = share * Weights[feature];
            var to = soFar.Factors[feature];
            var from = Factors[feature];
            for (var factor = 0; factor < to.Length; factor++)
            {
                to[factor] = (float)(root * from[factor]);
            }
        }

        soFar.Added = Added;
        return soFar;
    }

    /// <param name="factors">Each factor of each feature.</param>
    /// <param name="weights">Weight of each feature.</param>
    public void Add(double[][] factors, double[] weights)
    {
        var scale = 1 / Math.Sqrt(_samples);
        for (var feature = 0; feature < weights.Length; feature++)
        {
            Weights[feature] += weights[feature] / _samples;
            var row = Factors[feature][(Added * _rank)..];
            for (var factor = 0; factor < _rank; factor++)
            {
                row[factor] = (float)(scale * factors[factor][feature]);
            }
        }

        Added++;
    }
}
