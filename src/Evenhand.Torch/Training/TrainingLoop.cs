using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Trains a network: epochs of batches, AdamW, a schedule, early stopping on held-out rows, and
/// checkpoints.</summary>
/// <remarks>
/// <para>A batch's randomness depends on its epoch and place alone, so that a training that was interrupted and taken
/// up again takes the same steps as one that was not.</para>
/// </remarks>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly ITrainingObjective _objective;
    private readonly TrainingTexts _texts;
    private readonly BatchOrder _order;
    private readonly BatchOrder _heldOut;
    private readonly DropoutRandom _random;
    private readonly FitContext _context;
    private readonly SeedTree _seeds;
    private readonly Device _device;
    private readonly AdamW _optimizer;
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Tensor> _best = [];
    private readonly Checkpoint? _checkpoint;
    private readonly LearningRateSchedule _schedule;
    private TrainingState _state;
    private double _epochLoss;

    /// <param name="plan">How to train.</param>
    /// <param name="objective">What is minimized.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="train">Numbers of the rows that are learned from.</param>
    /// <param name="heldOut">Numbers of the rows that say which epoch was the best; none for the last one.</param>
    /// <param name="random">Draws the masks of dropout.</param>
    /// <param name="context">Seeds, cancellation, progress and the folder of checkpoints.</param>
    /// <param name="device">Where the network is.</param>
    public TrainingLoop(
        TrainingPlan plan,
        ITrainingObjective objective,
        TrainingTexts texts,
        int[] train,
        int[] heldOut,
        DropoutRandom random,
        FitContext context,
        Device device)
    {
        _plan = plan;
        _objective = objective;
        _texts = texts;
        _order = new BatchOrder(texts.Texts, train, plan.BatchSize, plan.Bucketing);
        _heldOut = new BatchOrder(texts.Texts, heldOut, plan.BatchSize, plan.Bucketing);
        _random = random;
        _context = context;
        _seeds = context.Seeds.Fork("training");
        _device = device;
        var steps = plan.StepsPerEpoch(train.Length) * plan.NumberOfEpochs;
        _schedule = new LearningRateSchedule(
            plan.Schedule, plan.LearningRate, steps, (int)Math.Round(plan.WarmupShare * steps));
        _parameters = [.. objective.Module.parameters().Where(p => p.requires_grad)];
        _optimizer = new AdamW(_parameters, plan.WeightDecay);
        _checkpoint = context.CheckpointFolder is { } folder ? new Checkpoint(folder) : null;
        _state = new TrainingState { Fingerprint = plan.Fingerprint };
    }

    /// <summary>Told of each step; null where nobody listens.</summary>
    public Action<TrainingStep>? StepTaken { get; init; }

    /// <summary>Makes the model as it stands, for whoever listens to the fit; null where nobody does.</summary>
    public Func<Model>? Snapshot { get; init; }

    /// <summary>Least loss of the rows held out; null where none are, or before an epoch has ended.</summary>
    public double? BestLoss => _state.BestLoss;

    /// <summary>Number of steps of the whole training, unless it stops early.</summary>
    public int StepCount => _schedule.Steps;

    /// <summary>Trains from the start, or from where a checkpoint of the same training was written. The network ends
    /// with the weights of its best epoch, and does not train any more.</summary>
    /// <exception cref="DivergenceException">A loss is not finite.</exception>
    /// <exception cref="FitPrunedException">The listener of the context ended the fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint, if any is kept, is of the last whole
    /// step.</exception>
    public void Run()
    {
        _state = _checkpoint?.Read(_plan.Fingerprint, _objective.Module, _optimizer, _best) ?? _state;
        try
        {
            while (!_state.HasStopped && _state.Epoch < _plan.NumberOfEpochs)
            {
                RunEpoch();
                EndEpoch();
            }
        }
        catch (OperationCanceledException)
        {
            // The token is polled before a step changes anything: weights and state are those after the last whole one.
            WriteCheckpoint();
            throw;
        }

        if (_best.Count > 0)
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            foreach (var (name, tensor) in _objective.Module.state_dict())
            {
                tensor.copy_(_best[name]);
            }
        }

        _objective.Module.eval();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var tensor in _best.Values)
        {
            tensor.Dispose();
        }

        TorchRuntime.ReleaseFreeMemory();
    }

    private void RunEpoch()
    {
        _objective.Module.train();
        var seeds = _seeds.Fork(string.Create(CultureInfo.InvariantCulture, $"epoch/{_state.Epoch}"));
        var batches = _order.Batches(seeds.Fork("order"));
        var isWhole = _state.Batch == 0;
        var (sum, steps) = (0.0, 0);
        while (_state.Batch < batches.Length)
        {
            var first = _state.Batch;
            var end = Math.Min(batches.Length, first + _plan.GradientAccumulation);
            var rate = _schedule.At(_state.Step);
            var loss = Step(batches[first..end], first, seeds.Fork("batch"), rate);
            StepTaken?.Invoke(new TrainingStep(_state.Step, loss, rate));
            (sum, steps) = (sum + loss, steps + 1);
            _state = _state with { Batch = end, Step = _state.Step + 1 };
            _context.Progress?.Invoke(new WorkProgress(_state.Step, StepCount, "steps"));
        }

        // Of an epoch that was taken up in its middle, the losses before are not known.
        _epochLoss = isWhole ? sum / steps : double.NaN;
    }

    // One step of the optimizer on the given batches; every tensor made on the way ends with it.
    private double Step(int[][] batches, int first, SeedTree seeds, double rate)
    {
        using var scope = NewDisposeScope();
        _optimizer.ClearGradients();
        var weight = batches.Sum(rows => _texts.TotalWeight(rows));
        var loss = 0.0;
        for (var i = 0; i < batches.Length; i++)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var own = seeds.Fork((first + i).ToString(CultureInfo.InvariantCulture));
            _random.Seed(own.Fork("dropout"));
            var batch = _texts.Batch(batches[i], _device, own);
            var share = batches.Length == 1 ? 1 : batch.TotalWeight / weight;
            loss += share * _objective.Accumulate(batch, share).item<float>();
        }

        if (!double.IsFinite(loss))
        {
            throw new DivergenceException(string.Create(
                CultureInfo.InvariantCulture,
                $"The loss of step {_state.Step} is not finite. Lower learningRate ({_plan.LearningRate}), or raise "
                + $"warmupShare."));
        }

        if (_plan.GradientClipping > 0)
        {
            nn.utils.clip_grad_norm_(_parameters, _plan.GradientClipping);
        }

        _optimizer.Step(rate);
        return loss;
    }

    // First of all: where the listener is cancelled, a later training ends this epoch again.
    private void Report()
    {
        if (Snapshot is not null && _context.Listener is not null)
        {
            _context.Report(_state.Epoch + 1, _epochLoss, Snapshot);
            TorchRuntime.Start(_context.Threads);
        }
    }

    private void EndEpoch()
    {
        Report();
        if (_heldOut.Rows.Length > 0)
        {
            var loss = HeldOutLoss();
            if (!(loss >= _state.BestLoss))
            {
                KeepBest();
                _state = _state with { BestLoss = loss, EpochsWithoutBest = 0 };
            }
            else
            {
                var without = _state.EpochsWithoutBest + 1;
                _state = _state with
                {
                    EpochsWithoutBest = without,
                    HasStopped = _plan.Patience > 0 && without >= _plan.Patience,
                };
            }
        }

        _state = _state with { Epoch = _state.Epoch + 1, Batch = 0 };
        WriteCheckpoint();
    }

    private double HeldOutLoss()
    {
        _objective.Module.eval();
        using var _ = no_grad();
        var sum = 0.0;
        foreach (var rows in _heldOut.SortedBatches())
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = _texts.Batch(rows, _device);
            sum += batch.TotalWeight * _objective.Loss(batch).item<float>();
        }

        return sum / _texts.TotalWeight(_heldOut.Rows);
    }

    private void KeepBest()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        foreach (var (name, tensor) in _objective.Module.state_dict())
        {
            if (_best.TryGetValue(name, out var kept))
            {
                kept.copy_(tensor);
            }
            else
            {
                _best.Add(name, tensor.detach().clone().DetachFromDisposeScope());
            }
        }
    }

    private void WriteCheckpoint() => _checkpoint?.Write(_state, _objective.Module, _optimizer, _best);
}
