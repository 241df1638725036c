using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Fairness;

/// <summary>The classification loss under weights of groups, which rise with the groups' losses from batch to
/// batch.</summary>
/// <remarks>Before a batch is learned from, the weights take one step by the mean losses of the groups that occur in it
/// (Sagawa et al. 2020, algorithm 1, for all groups of a batch at once). Outside of training each group weighs the
/// same, whatever its size, so that losses of different epochs can be compared; rows of unknown group keep their
/// weight.</remarks>
internal sealed class GroupDroLoss : nn.Module, ILossTerm
{
    private readonly ClassificationLoss _loss;
    private readonly double _step;
    private readonly double[] _groupWeights;
    private readonly Tensor logRatios;

    /// <param name="loss">The loss of rows.</param>
    /// <param name="step">Step of the ascent.</param>
    /// <param name="groupWeights">Weight of the rows of each group in all of the training data.</param>
    public GroupDroLoss(ClassificationLoss loss, double step, double[] groupWeights)
        : base(nameof(GroupDroLoss))
    {
        _loss = loss;
        _step = step;
        _groupWeights = groupWeights;
        logRatios = zeros(groupWeights.Length, ScalarType.Float64);
        RegisterComponents();
    }

    /// <summary>By what the rows of each group are multiplied at present.</summary>
    public double[] Factors
    {
        get
        {
            var factors = new double[_groupWeights.Length];
            new GroupWeights(_step, logRatios.data<double>().ToArray()).Factors(_groupWeights, factors);
            return factors;
        }
    }

    public Tensor Of(ForwardPass pass)
    {
        var losses = _loss.OfRows(pass);
        var batch = pass.Batch;
        var groups = batch.Groups!.cpu().data<long>().ToArray();
        if (training)
        {
            Ascend(groups, batch.Weights.cpu().data<float>().ToArray(), losses.detach().cpu().data<float>().ToArray());
        }

        var factors = training ? Factors : Balanced();
        var ofRows = Array.ConvertAll(groups, group => group < 0 ? 1 : (float)factors[group]);
        return (losses * batch.Weights * tensor(ofRows).to(losses.device)).sum().DividedBy(batch.TotalWeight);
    }

    private void Ascend(long[] groups, float[] rowWeights, float[] rowLosses)
    {
        var (weights, losses) = (new double[_groupWeights.Length], new double[_groupWeights.Length]);
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                weights[groups[i]] += rowWeights[i];
                losses[groups[i]] += (double)rowWeights[i] * rowLosses[i];
            }
        }

        var ratios = logRatios.data<double>().ToArray();
        new GroupWeights(_step, ratios).Ascend(weights, losses);
        using var _ = no_grad();
        logRatios.copy_(tensor(ratios));
    }

    private double[] Balanced()
    {
        var occurring = _groupWeights.Count(weight => weight > 0);
        return Array.ConvertAll(
            _groupWeights, weight => weight > 0 ? _groupWeights.Sum() / (occurring * weight) : 1);
    }
}
