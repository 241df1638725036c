using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Fairness;

/// <summary>A difference between groups in statistics of soft counts, times its weight.</summary>
/// <remarks>
/// <para>A batch holds few rows of a small group. So the statistics are those of running sums over about the last 20
/// batches, each batch with 0.95 of the weight of the one after it. The gradient is that of the batch's own part, which
/// is scaled to what the whole sum would have; on average over batches it is the gradient over all rows. The squared
/// noise of a batch by itself is therefore not taken for a difference.</para>
/// <para>Outside of training the term is the penalty of the sums as the training left them.</para>
/// </remarks>
internal sealed class GroupPenaltyTerm : nn.Module, ILossTerm
{
    private const double Memory = 0.95;
    private const int Kinds = 4;

    private readonly GroupPenalty _penalty;
    private readonly LabelKind _kind;
    private readonly int _groups;
    private readonly int _scores;

    // For each kind of count, score and group; then the weight of the batches that the sums hold.
    private readonly Tensor sums;

    /// <param name="penalty">The penalty.</param>
    /// <param name="kind">What the scores mean.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="scores">Scores of a text.</param>
    public GroupPenaltyTerm(GroupPenalty penalty, LabelKind kind, int groups, int scores)
        : base(nameof(GroupPenaltyTerm))
    {
        _penalty = penalty;
        _kind = kind;
        _groups = groups;
        _scores = scores;
        sums = zeros((Kinds * scores * groups) + 1, ScalarType.Float64);
        RegisterComponents();
    }

    public Tensor Of(ForwardPass pass)
    {
        var running = sums.data<double>().ToArray();
        if (!training)
        {
            return tensor((float)Measure(running, null)).to(pass.Scores.device);
        }

        var counts = CountsOf(pass);
        var own = counts.detach().cpu().data<float>().ToArray();
        for (var i = 0; i < own.Length; i++)
        {
            running[i] = (Memory * running[i]) + ((1 - Memory) * own[i]);
        }

        running[^1] = (Memory * running[^1]) + 1 - Memory;
        using (no_grad())
        {
            sums.copy_(tensor(running));
        }

        var gradient = new float[own.Length];
        var value = Measure(running, gradient);
        var moved = (counts - counts.detach()) * tensor(gradient, counts.shape).to(counts.device);
        return moved.sum().Plus(value);
    }

    // [kinds, scores, groups]: weights of rows of the class and not of it, and the same times the probability.
    private Tensor CountsOf(ForwardPass pass)
    {
        var (batch, targets) = (pass.Batch, pass.Batch.Targets!);
        var groups = batch.Groups!;
        var members = nn.functional.one_hot(groups.AtLeast(0), _groups).to(ScalarType.Float32)
            * (batch.Weights * groups.IsAtLeast(0)).unsqueeze(1);
        var (probabilities, isOf) = _kind == LabelKind.Multiclass
            ? (pass.Scores.softmax(1), nn.functional.one_hot(targets, _scores).to(ScalarType.Float32))
            : (pass.Scores.sigmoid(), targets);
        var isNot = (-isOf).Plus(1);
        return stack(
        [
            isOf.t().matmul(members), isNot.t().matmul(members),
            (isOf * probabilities).t().matmul(members), (isNot * probabilities).t().matmul(members),
        ]);
    }

    // The weighed mean over scores; the gradient by the counts is written where one is asked for.
    private double Measure(double[] running, float[]? gradient)
    {
        // Sums that have just begun hold less than whole batches.
        var scale = running[^1] > 0 ? 1 / running[^1] : 0;
        var (byTrue, byFalse) = (new double[_groups], new double[_groups]);
        var value = 0.0;
        for (var score = 0; score < _scores; score++)
        {
            var counts = new SoftCounts(_groups);
            for (var group = 0; group < _groups; group++)
            {
                counts.Positives[group] = scale * running[At(0, score, group)];
                counts.Negatives[group] = scale * running[At(1, score, group)];
                counts.TruePositives[group] = scale * running[At(2, score, group)];
                counts.FalsePositives[group] = scale * running[At(3, score, group)];
            }

            var weight = _penalty.Weight / _scores;
            value += weight * _penalty.Measure(counts, byTrue, byFalse);
            for (var group = 0; gradient is not null && group < _groups; group++)
            {
                gradient[At(2, score, group)] = (float)(weight * byTrue[group]);
                gradient[At(3, score, group)] = (float)(weight * byFalse[group]);
            }
        }

        return value;

        int At(int kind, int score, int group) => (((kind * _scores) + score) * _groups) + group;
    }
}
