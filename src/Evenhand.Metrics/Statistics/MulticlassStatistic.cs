using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums by class where a row has one; of whole rows the log loss, and whether the true class is among the most
/// probable.</summary>
internal sealed record MulticlassStatistic() : ClassStatistic(0)
{
    public const int Loss = 0;
    public const int AmongTwo = 1;
    public const int AmongThree = 2;

    public static MulticlassStatistic Instance { get; } = new();

    protected override ReadOnlySpan<(int Figure, double Value)> Entries(
        EvaluationData data, int row, Span<(int Figure, double Value)> room)
    {
        var classes = (MulticlassEvaluation)data;
        var weight = classes.Weights?[row] ?? 1;
        var (label, decision) = (classes.Labels[row], classes.Decisions[row]);
        var used = 0;
        room[used++] = (0, weight);
        room[used++] = (1 + label, weight);
        room[used++] = (1 + Classes + decision, weight);
        if (label == decision)
        {
            room[used++] = (1 + (2 * Classes) + label, weight);
        }

        if (classes.Probabilities is { } all)
        {
            var probabilities = all.AsSpan(row * Classes, Classes);
            room[used++] = (FirstRowFigure + Loss, weight * LogLossStatistic.Loss(1, probabilities[label]));
            room[used++] = (FirstRowFigure + AmongTwo, weight * Among(probabilities, label, 2));
            room[used++] = (FirstRowFigure + AmongThree, weight * Among(probabilities, label, 3));
        }

        return room[..used];
    }

    // Classes of one probability share the places that they take, so the order of classes has no part in it.
    private static double Among(ReadOnlySpan<double> probabilities, int label, int places)
    {
        var (larger, equal) = (0, 0);
        foreach (var probability in probabilities)
        {
            larger += probability > probabilities[label] ? 1 : 0;
            equal += probability == probabilities[label] ? 1 : 0;
        }

        return Math.Clamp((double)(places - larger) / equal, 0, 1);
    }
}
