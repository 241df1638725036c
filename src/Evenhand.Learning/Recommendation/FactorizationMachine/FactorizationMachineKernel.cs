using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Passes of coordinate descent, or of Gibbs sampling, over the features of one side.</summary>
/// <remarks>
/// <para>The prediction is linear in each single weight or factor. With e the errors, h the slopes and w the weights of
/// the rows, a parameter's conditional optimum is <c>(sum w h (e + h old)) / (sum w h^2 + ridge)</c> (Rendle 2012,
/// eq. 7), and its conditional distribution a normal one around the like (eq. 11 and table 2).</para>
/// <para>A feature of a user has the slope <c>x (q - v x + p)</c> in factor f, where q is the user's and p the item's
/// sum of that factor. So all of a user's rows enter through five sums that are taken once for all of the user's
/// features: a pass costs as much as the rows plus the features, not their product (S. Rendle, "Scaling factorization
/// machines to relational data", VLDB 2013, section 3).</para>
/// </remarks>
internal sealed class FactorizationMachineKernel
{
    private readonly SparseMatrix _byFeature;
    private readonly SideRows _rows;
    private readonly RowSums[] _sums;
    private readonly EntityChange[] _changes;
    private readonly FitContext _context;

    public FactorizationMachineKernel(FeatureSide side, SideRows rows, FitContext context)
    {
        _byFeature = side.Features.Transpose();
        _rows = rows;
        _context = context;
        _sums = new RowSums[side.Count];
        _changes = new EntityChange[side.Count];
    }

    /// <summary>Sum of <c>w x^2</c> over the rows, for each feature.</summary>
    public double[] FeatureWeights()
    {
        var weights = new double[_byFeature.RowCount];
        _byFeature.WeighSquares(_rows.Weights, weights, _context.Threads, _context.CancellationToken);
        return weights;
    }

    /// <summary>Renews every weight of the side.</summary>
    /// <param name="errors">Errors of the rows; kept up to date.</param>
    /// <param name="weights">Weight of each feature; changed.</param>
    /// <param name="conditional">What a parameter becomes, given its slope against the errors and curvature.</param>
    public void RenewWeights(double[] errors, double[] weights, IConditional conditional)
    {
        _rows.Sum(errors, null, _sums, _context);
        Array.Clear(_changes);
        for (var feature = 0; feature < weights.Length; feature++)
        {
            var entities = _byFeature.ColumnsOf(feature);
            var values = _byFeature.ValuesOf(feature);
            var (slope, curvature) = (0.0, 0.0);
            for (var i = 0; i < entities.Length; i++)
            {
                slope += values[i] * _sums[entities[i]].Error;
                curvature += (double)values[i] * values[i] * _rows.Weights[entities[i]];
            }

            var old = weights[feature];
            weights[feature] = conditional.Renew(feature, old, slope, curvature);
            for (var i = 0; i < entities.Length; i++)
            {
                var step = (weights[feature] - old) * values[i];
                _sums[entities[i]].Error -= step * _rows.Weights[entities[i]];
                _changes[entities[i]] = new EntityChange(_changes[entities[i]].Own + step, 0);
            }
        }

        _rows.Correct(errors, null, _changes, _context);
    }

    /// <summary>Renews one factor of every feature of the side.</summary>
    /// <param name="errors">Errors of the rows; kept up to date.</param>
    /// <param name="factors">The factor of each feature; changed.</param>
    /// <param name="own">The sum of factor times feature of each entity of this side; kept up to date.</param>
    /// <param name="partners">The same of the other side.</param>
    /// <param name="conditional">What a parameter becomes, given its slope against the errors and curvature.</param>
    public void RenewFactor(
        double[] errors, double[] factors, double[] own, double[] partners, IConditional conditional)
    {
        _rows.Sum(errors, partners, _sums, _context);
        Array.Clear(_changes);
        for (var feature = 0; feature < factors.Length; feature++)
        {
            var entities = _byFeature.ColumnsOf(feature);
            var values = _byFeature.ValuesOf(feature);
            var old = factors[feature];
            var (slope, curvature) = (0.0, 0.0);
            for (var i = 0; i < entities.Length; i++)
            {
                double value = values[i];
                ref readonly var sum = ref _sums[entities[i]];
                var rest = own[entities[i]] - (old * value);
                slope += value * ((rest * sum.Error) + sum.ErrorTimesFactor);
                curvature += value * value * ((rest * rest * _rows.Weights[entities[i]])
                    + (2 * rest * sum.Factor) + sum.FactorSquared);
            }

            factors[feature] = conditional.Renew(feature, old, slope, curvature);
            for (var i = 0; i < entities.Length; i++)
            {
                var entity = entities[i];
                var step = (factors[feature] - old) * values[i];
                var rest = own[entity] - (old * values[i]);
                ref var sum = ref _sums[entity];
                sum.Error -= step * ((rest * _rows.Weights[entity]) + sum.Factor);
                sum.ErrorTimesFactor -= step * ((rest * sum.Factor) + sum.FactorSquared);
                own[entity] += step;
                var change = _changes[entity];
                _changes[entity] = new EntityChange(change.Own + (step * rest), change.Common + step);
            }
        }

        _rows.Correct(errors, partners, _changes, _context);
    }
}

/// <summary>Decides what a parameter becomes while all others are held.</summary>
internal interface IConditional
{
    /// <param name="feature">The feature whose parameter it is.</param>
    /// <param name="old">Its value.</param>
    /// <param name="slope">Sum of w h e over the rows.</param>
    /// <param name="curvature">Sum of w h^2 over the rows.</param>
    double Renew(int feature, double old, double slope, double curvature);
}
