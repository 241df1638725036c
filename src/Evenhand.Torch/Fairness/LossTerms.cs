using Evenhand.Learning;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Fairness;

/// <summary>The terms of a classifier's loss: the classification, and what a mitigation makes of it or adds to
/// it.</summary>
internal sealed class LossTerms : IDisposable
{
    private LossTerms(ClassificationLoss classification, IReadOnlyList<ILossTerm> all)
    {
        Classification = classification;
        All = all;
    }

    /// <summary>The loss of the classification alone.</summary>
    public ClassificationLoss Classification { get; }

    /// <summary>All terms; what they learn or remember is theirs.</summary>
    public IReadOnlyList<ILossTerm> All { get; }

    /// <summary>The terms of a training.</summary>
    /// <param name="classification">The loss of the classification.</param>
    /// <param name="mitigation">The mitigation, or null.</param>
    /// <param name="texts">The training texts, with their groups where there is a mitigation.</param>
    /// <param name="width">Width of a text's vector.</param>
    /// <param name="passes">Number of passes of the whole training.</param>
    /// <param name="weights">Draws the weights of what learns beside the classifier.</param>
    /// <param name="device">Where the network is.</param>
    public static LossTerms Of(
        ClassificationLoss classification,
        InMitigation? mitigation,
        TrainingTexts texts,
        int width,
        long passes,
        WeightInitializer weights,
        Device device) => new(classification, mitigation switch
        {
            null => [classification],
            GroupDro robust => [new GroupDroLoss(classification, robust.StepSize, GroupWeightsOf(texts))],
            PenaltyMitigation penalty =>
            [
                classification,
                new GroupPenaltyTerm(
                    penalty.Start(),
                    texts.Targets!.Classes.Kind,
                    texts.Groups!.Count,
                    texts.Targets.Classes.ScoreCount),
            ],
            AdversarialDebiasing adversarial =>
            [
                classification,
                new AdversarialDebiasingTerm(
                    adversarial,
                    texts.Targets!.Classes,
                    width,
                    texts.Groups!.Count,
                    Entropy(texts, adversarial.ConditionOnLabel),
                    passes,
                    weights,
                    device),
            ],
            _ => throw new ArgumentException($"'{mitigation.Name}' is not known here.", nameof(mitigation)),
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var term in All.OfType<nn.Module>())
        {
            term.Dispose();
        }
    }

    private static double[] GroupWeightsOf(TrainingTexts texts)
    {
        var weights = new double[texts.Groups!.Count];
        for (var row = 0; row < texts.RowCount; row++)
        {
            if (texts.Groups.Codes[row] is >= 0 and var group)
            {
                weights[group] += texts.Weights?[row] ?? 1;
            }
        }

        return weights;
    }

    // Of the groups among rows of known group: the mean over labels, or sets of labels, where they are given.
    private static double Entropy(TrainingTexts texts, bool givenLabel)
    {
        var cells = new Dictionary<string, double[]>();
        var all = 0.0;
        for (var row = 0; row < texts.RowCount; row++)
        {
            if (texts.Groups!.Codes[row] is not (>= 0 and var group))
            {
                continue;
            }

            var label = givenLabel ? string.Join(' ', texts.Targets!.CodesOf(row).ToArray()) : "";
            if (!cells.TryGetValue(label, out var cell))
            {
                cells.Add(label, cell = new double[texts.Groups.Count]);
            }

            var weight = texts.Weights?[row] ?? 1;
            cell[group] += weight;
            all += weight;
        }

        var entropy = 0.0;
        foreach (var cell in cells.Values)
        {
            var sum = cell.Sum();
            entropy -= cell.Sum(weight => weight == 0 ? 0 : weight / all * Math.Log(weight / sum));
        }

        return entropy;
    }
}
