namespace Evenhand.Torch.Training;

/// <summary>Where a training is: what is done, and what the held-out rows have said.</summary>
internal sealed record TrainingState
{
    /// <summary>What tells the training from any other.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The epoch in which it is, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public int Batch { get; init; }

    /// <summary>Steps done in all.</summary>
    public int Step { get; init; }

    /// <summary>Least loss of the held-out rows so far; null before the first epoch has ended.</summary>
    public double? BestLoss { get; init; }

    /// <summary>Epochs since then.</summary>
    public int EpochsWithoutBest { get; init; }

    /// <summary>Whether the training has stopped early.</summary>
    public bool HasStopped { get; init; }
}
