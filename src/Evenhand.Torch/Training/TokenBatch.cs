using Evenhand.Configuration.Randomness;
using static TorchSharp.torch;

namespace Evenhand.Torch.Training;

/// <summary>Some rows as tensors; they belong to the dispose scope in which the batch was made.</summary>
internal sealed record TokenBatch
{
    /// <summary>Numbers of the rows in the training data.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Tokens, [batch, length], int64; short texts are filled.</summary>
    public required Tensor Ids { get; init; }

    /// <summary>Segments of the tokens, 1 for the second text of a pair, [batch, length], int64; null where all are
    /// 0.</summary>
    public Tensor? Types { get; init; }

    /// <summary>1 for tokens and 0 for what fills short texts, [batch, length], float32; null where all are of one
    /// length.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>What is to be learned: class codes, [batch], int64, of which a text has one; else 0 or 1 for each
    /// score, [batch, scores], float32; null where nothing is told.</summary>
    public Tensor? Targets { get; init; }

    /// <summary>Weight of each row's loss, [batch], float32.</summary>
    public required Tensor Weights { get; init; }

    /// <summary>Sum of <see cref="Weights"/>.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>Group code of each row, [batch], int64, -1 where unknown; null where no groups were given.</summary>
    public Tensor? Groups { get; init; }

    /// <summary>The randomness that belongs to this batch at its place in the training; null where nothing may be
    /// drawn.</summary>
    public SeedTree? Seeds { get; init; }
}
