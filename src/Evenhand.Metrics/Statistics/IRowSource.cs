using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Gives a number for each row.</summary>
internal interface IRowSource
{
    /// <summary>The numbers of the rows from the first one on; NaN for a row that does not count.</summary>
    void Fill(EvaluationData data, int start, Span<double> values);
}
