using Evenhand.Learning.Classes;
using Evenhand.Torch.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Evenhand.Torch.Training;

/// <summary>Cross entropy: of the softmax where a text has one of several classes, else of the logistic function of
/// each score, averaged over scores.</summary>
/// <remarks>With label smoothing e (Szegedy et al. 2016, section 7) a target t of k classes becomes
/// (1 - e) t + e / k; of a score that stands alone (1 - e) t + e / 2.</remarks>
/// <param name="kind">Whether a text has one of two classes, one of several, or any number of labels.</param>
/// <param name="labelSmoothing">The share e.</param>
internal sealed class ClassificationLoss(LabelKind kind, double labelSmoothing) : ILossTerm
{
    /// <summary>The mean of the rows' losses, rows weighed.</summary>
    public Tensor Of(ForwardPass pass) =>
        (OfRows(pass) * pass.Batch.Weights).sum().DividedBy(pass.Batch.TotalWeight);

    /// <summary>The loss of each row, [batch], not weighed.</summary>
    public Tensor OfRows(ForwardPass pass)
    {
        var targets = pass.Batch.Targets
            ?? throw new ArgumentException("The batch has no targets.", nameof(pass));
        if (kind == LabelKind.Multiclass)
        {
            return functional.cross_entropy(
                pass.Scores, targets, reduction: Reduction.None, label_smoothing: labelSmoothing);
        }

        var smooth = labelSmoothing == 0 ? targets : targets.Times(1 - labelSmoothing).Plus(labelSmoothing / 2);
        return functional.binary_cross_entropy_with_logits(pass.Scores, smooth, reduction: Reduction.None).mean([1]);
    }
}
