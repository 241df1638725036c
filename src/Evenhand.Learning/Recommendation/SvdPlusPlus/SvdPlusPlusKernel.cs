using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>Stochastic gradient steps of SVD++.</summary>
/// <remarks>
/// <para>With z = p + n sum y, n = |N|^-1/2, error e = r - (bu + bi + q.z), step s and weight w, each rating does
/// <c>bu += s w (e - k bu), bi += s w (e - k bi), q += s w (e z - l q), p += s w (e q - l p)</c> and, for every j in N,
/// <c>y_j += s w (e n q - l y_j)</c> (Koren 2008, section 5).</para>
/// <para>The steps of all y_j are alike, so they are not taken one by one: after the user's ratings each y_j is
/// <c>c y_j + n a</c>, where every rating does <c>c *= 1 - s w l</c> and <c>a = (1 - s w l) a + s w e q</c>, and on the
/// way <c>n sum y = c (its value before) + a</c>, as n n |N| = 1. That is the same, at the cost of plain
/// factorization.</para>
/// </remarks>
internal sealed class SvdPlusPlusKernel
{
    private readonly SvdPlusPlusOptions _options;
    private readonly float _lambda;
    private readonly float _biasLambda;
    private readonly FactorTable _sums;

    /// <param name="options">Regularization.</param>
    /// <param name="users">Factors p; changed by the steps.</param>
    /// <param name="items">Factors q.</param>
    /// <param name="rated">Factors y.</param>
    public SvdPlusPlusKernel(SvdPlusPlusOptions options, FactorTable users, FactorTable items, FactorTable rated)
    {
        _options = options;
        _lambda = (float)options.Lambda;
        _biasLambda = (float)options.BiasLambda;
        Users = users;
        Items = items;
        Rated = rated;
        UserBiases = new float[users.Rows];
        ItemBiases = new float[items.Rows];
        _sums = new FactorTable(3, items.Rank);
    }

    public FactorTable Users { get; }

    public FactorTable Items { get; }

    public FactorTable Rated { get; }

    public float[] UserBiases { get; }

    public float[] ItemBiases { get; }

    /// <summary>Another one with the same factors and biases, which no step of this one changes.</summary>
    public SvdPlusPlusKernel Copy()
    {
        var copy = new SvdPlusPlusKernel(_options, Users.Copy(), Items.Copy(), Rated.Copy());
        UserBiases.CopyTo(copy.UserBiases, 0);
        ItemBiases.CopyTo(copy.ItemBiases, 0);
        return copy;
    }

    /// <summary>n times the sum of y over the items.</summary>
    public static void Sum(FactorTable rated, ReadOnlySpan<int> items, float norm, Span<float> sum)
    {
        sum.Clear();
        foreach (var item in items)
        {
            FloatVectors.AddScaled(norm, rated.Padded(item), sum);
        }
    }

    /// <summary>Takes one step for each rating of a user, in order.</summary>
    /// <returns>The weighted sum of squared errors, each before its step; not finite where the steps
    /// diverged.</returns>
    public double Descend(int user, RatedItems rated, float step)
    {
        var before = _sums.Padded(0);
        var added = _sums.Padded(1);
        var whole = _sums.Padded(2);
        Sum(Rated, rated.Items, rated.Norm, before);
        added.Clear();
        var kept = 1f;
        var loss = 0.0;
        var p = Users.Padded(user);
        foreach (var (item, value, weight) in rated.Ratings)
        {
            var q = Items.Padded(item);
            p.CopyTo(whole);
            FloatVectors.AddScaled(kept, before, whole);
            FloatVectors.AddScaled(1, added, whole);
            var error = value - UserBiases[user] - ItemBiases[item] - FloatVectors.Dot(q, whole);
            loss += (double)weight * error * error;
            var size = step * weight;
            var shrink = 1 - (size * _lambda);
            UserBiases[user] += size * (error - (_biasLambda * UserBiases[user]));
            ItemBiases[item] += size * (error - (_biasLambda * ItemBiases[item]));
            kept *= shrink;
            FloatVectors.ScaleAndAdd(shrink, size * error, q, added);
            FloatVectors.ScaleAndAdd(shrink, size * error, q, p);
            FloatVectors.ScaleAndAdd(shrink, size * error, whole, q);
        }

        foreach (var item in rated.Items)
        {
            FloatVectors.ScaleAndAdd(kept, rated.Norm, added, Rated.Padded(item));
        }

        return loss;
    }
}
