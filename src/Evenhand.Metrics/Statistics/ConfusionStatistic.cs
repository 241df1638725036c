using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>The confusion matrix: cell <c>2 * label + decision</c>.</summary>
internal sealed record ConfusionStatistic : CountStatistic
{
    public static ConfusionStatistic Instance { get; } = new();

    public override int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Cells(EvaluationData data, int start, Span<int> cells)
    {
        var classification = (ClassificationEvaluation)data;
        var labels = classification.Labels.AsSpan(start, cells.Length);
        var decisions = classification.Decisions.AsSpan(start, cells.Length);
        var labelVectors = MemoryMarshal.Cast<int, Vector<int>>(labels);
        var decisionVectors = MemoryMarshal.Cast<int, Vector<int>>(decisions);
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(cells);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = labelVectors[i] + labelVectors[i] + decisionVectors[i];
        }

        for (var i = vectors.Length * Vector<int>.Count; i < cells.Length; i++)
        {
            cells[i] = (2 * labels[i]) + decisions[i];
        }
    }
}
