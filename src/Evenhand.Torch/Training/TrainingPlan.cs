namespace Evenhand.Torch.Training;

/// <summary>How long and how a network is trained.</summary>
internal sealed record TrainingPlan
{
    /// <summary>Rows of a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches whose gradients make one step.</summary>
    public int GradientAccumulation { get; init; } = 1;

    public required int NumberOfEpochs { get; init; }

    /// <summary>The full learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Share of a weight that is taken off at each step, times the learning rate; biases and normalizations
    /// keep theirs.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Share of the steps in which the learning rate rises.</summary>
    public double WarmupShare { get; init; }

    public ScheduleKind Schedule { get; init; }

    /// <summary>Longest gradient, over all parameters; longer ones are shortened to it. 0 for no limit.</summary>
    public double GradientClipping { get; init; }

    /// <summary>Epochs without a new best after which the training stops; 0 to never stop early.</summary>
    public int Patience { get; init; }

    /// <summary>Whether texts of like length come together.</summary>
    public bool Bucketing { get; init; } = true;

    /// <summary>Batches of an epoch over so many rows.</summary>
    public int BatchesPerEpoch(int rows) => (rows + BatchSize - 1) / BatchSize;

    /// <summary>Steps of an epoch over so many rows.</summary>
    public int StepsPerEpoch(int rows) =>
        (BatchesPerEpoch(rows) + GradientAccumulation - 1) / GradientAccumulation;

    /// <summary>What tells this training from any other, so that a checkpoint of another is not taken up.</summary>
    public string Fingerprint { get; init; } = "";
}
