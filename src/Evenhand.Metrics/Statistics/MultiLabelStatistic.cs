using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums by label where a row has any number of them; of whole rows how well their sets of labels
/// agree.</summary>
internal sealed record MultiLabelStatistic() : ClassStatistic(0)
{
    public const int Exact = 0;
    public const int F1 = 1;
    public const int Jaccard = 2;
    public const int Loss = 3;
    public const int RankingPrecision = 4;

    public static MultiLabelStatistic Instance { get; } = new();

    protected override ReadOnlySpan<(int Figure, double Value)> Entries(
        EvaluationData data, int row, Span<(int Figure, double Value)> room)
    {
        var sets = (MultiLabelEvaluation)data;
        var weight = sets.Weights?[row] ?? 1;
        var labels = sets.Labels.AsSpan(row * Classes, Classes);
        var decisions = sets.Decisions.AsSpan(row * Classes, Classes);
        var (have, decided, both, used) = (0, 0, 0, 0);
        room[used++] = (0, weight);
        for (var label = 0; label < Classes; label++)
        {
            if (labels[label] == 1)
            {
                have++;
                room[used++] = (1 + label, weight);
            }

            if (decisions[label] == 1)
            {
                decided++;
                room[used++] = (1 + Classes + label, weight);
            }

            if ((labels[label] & decisions[label]) == 1)
            {
                both++;
                room[used++] = (1 + (2 * Classes) + label, weight);
            }
        }

        // A row without labels of which none is decided is as it should be.
        var either = have + decided - both;
        room[used++] = (FirstRowFigure + Exact, either == both ? weight : 0);
        room[used++] = (FirstRowFigure + F1, either == 0 ? weight : weight * 2 * both / (have + decided));
        room[used++] = (FirstRowFigure + Jaccard, either == 0 ? weight : weight * both / either);
        if (sets.Probabilities is { } all)
        {
            var probabilities = all.AsSpan(row * Classes, Classes);
            room[used++] = (FirstRowFigure + Loss, weight * MeanLoss(labels, probabilities));
            room[used++] = (FirstRowFigure + RankingPrecision, weight * Precision(labels, probabilities, have));
        }

        return room[..used];
    }

    private static double MeanLoss(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        var sum = 0.0;
        for (var label = 0; label < labels.Length; label++)
        {
            sum += LogLossStatistic.Loss(labels[label], probabilities[label]);
        }

        return sum / labels.Length;
    }

    // Mean over the row's labels of the share of true ones among the labels that are at least as probable.
    private static double Precision(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int have)
    {
        if (have == 0)
        {
            return 1;
        }

        var sum = 0.0;
        for (var label = 0; label < labels.Length; label++)
        {
            if (labels[label] == 0)
            {
                continue;
            }

            var (rank, relevant) = (0, 0);
            for (var other = 0; other < labels.Length; other++)
            {
                var above = probabilities[other] >= probabilities[label] ? 1 : 0;
                rank += above;
                relevant += above & labels[other];
            }

            sum += (double)relevant / rank;
        }

        return sum / have;
    }
}
