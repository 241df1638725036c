using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Draws each parameter from its conditional distribution, and the prior of each group of features from
/// its.</summary>
/// <remarks>
/// Errors are normal with precision a; a parameter of group g is normal with mean m and precision l. With the slope s
/// and the curvature c of the rows a parameter is drawn from the normal distribution with mean
/// <c>(a (s + c old) + l m) / (a c + l)</c> and precision <c>a c + l</c>. The hyperpriors are normal-gamma with all
/// constants 1 and mean 0 (Freudenthaler, Schmidt-Thieme, Rendle, "Bayesian factorization machines", NIPS workshop
/// 2011, eq. 8 to 13).
/// </remarks>
internal sealed class GibbsConditional : IConditional
{
    private readonly SeededRandom _random;
    private readonly double[] _means;
    private readonly double[] _precisions;
    private double _errorPrecision = 1;
    private int _group;
    private int[] _groupStarts = [];

    public GibbsConditional(int groups, SeededRandom random)
    {
        _random = random;
        _means = new double[groups];
        _precisions = new double[groups];
    }

    /// <summary>Draws mean and precision of each group of parameters, before the parameters are renewed in
    /// order.</summary>
    /// <param name="parameters">The parameters as they are.</param>
    /// <param name="groupStarts">First feature of each group, and the number of features at the end.</param>
    /// <param name="errorPrecision">Precision of the errors.</param>
    public void DrawPriors(double[] parameters, int[] groupStarts, double errorPrecision)
    {
        _errorPrecision = errorPrecision;
        _groupStarts = groupStarts;
        _group = 0;
        for (var group = 0; group < _means.Length; group++)
        {
            var own = parameters.AsSpan(groupStarts[group]..groupStarts[group + 1]);
            var (sum, squares) = (0.0, _means[group] * _means[group]);
            foreach (var parameter in own)
            {
                sum += parameter;
                squares += (parameter - _means[group]) * (parameter - _means[group]);
            }

            _precisions[group] = GammaDistribution.Draw(_random, 0.5 * (own.Length + 2), 0.5 * (squares + 1));
            var precision = (own.Length + 1) * _precisions[group];
            _means[group] = (sum / (own.Length + 1)) + (_random.NextGaussian() / Math.Sqrt(precision));
        }
    }

    /// <summary>Draws a parameter that has no prior, such as the intercept.</summary>
    public double DrawFree(double old, double slope, double curvature, double errorPrecision) =>
        old + (slope / curvature) + (_random.NextGaussian() / Math.Sqrt(errorPrecision * curvature));

    /// <summary>Draws the precision of the errors.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="squares">Weighted sum of the squared errors.</param>
    public double DrawErrorPrecision(int rows, double squares) =>
        GammaDistribution.Draw(_random, 0.5 * (rows + 1), 0.5 * (squares + 1));

    public double Renew(int feature, double old, double slope, double curvature)
    {
        while (feature >= _groupStarts[_group + 1])
        {
            _group++;
        }

        var precision = (_errorPrecision * curvature) + _precisions[_group];
        var mean = ((_errorPrecision * (slope + (old * curvature))) + (_precisions[_group] * _means[_group]))
            / precision;
        return mean + (_random.NextGaussian() / Math.Sqrt(precision));
    }
}
