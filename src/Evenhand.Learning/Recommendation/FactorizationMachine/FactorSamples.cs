using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Draws of the parameters, put side by side: the mean of S factorization machines of rank k is one of rank S
/// k whose factors are divided by the root of S, and whose weights are the means.</summary>
internal sealed class FactorSamples
{
    private readonly int _rank;
    private readonly int _samples;
    private int _added;

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

    /// <param name="factors">Each factor of each feature.</param>
    /// <param name="weights">Weight of each feature.</param>
    public void Add(double[][] factors, double[] weights)
    {
        var scale = 1 / Math.Sqrt(_samples);
        for (var feature = 0; feature < weights.Length; feature++)
        {
            Weights[feature] += weights[feature] / _samples;
            var row = Factors[feature][(_added * _rank)..];
            for (var factor = 0; factor < _rank; factor++)
            {
                row[factor] = (float)(scale * factors[factor][feature]);
            }
        }

        _added++;
    }
}
