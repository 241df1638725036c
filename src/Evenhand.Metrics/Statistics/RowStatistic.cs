using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums of one number for each row: the weights of the rows that count, and the weighted numbers.</summary>
/// <param name="Source">Gives the numbers; one statistic is computed for each source.</param>
internal sealed record RowStatistic(IRowSource Source) : AdditiveStatistic
{
    public override int Width => 2;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var values = target.Slice(count, count);
        Source.Fill(data, start, values);
        for (var i = 0; i < count; i++)
        {
            var counts = !double.IsNaN(values[i]);
            var weight = counts ? data.RowWeights?[start + i] ?? 1 : 0;
            target[i] = weight;
            values[i] = counts ? weight * values[i] : 0;
        }
    }
}
