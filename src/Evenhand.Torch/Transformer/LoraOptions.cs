using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Torch.Transformer;

/// <summary>The matrices of low rank that are trained beside the encoder's own (Hu et al. 2021).</summary>
public sealed record LoraOptions : OptionsRecord
{
    /// <summary>Rank of the matrices.</summary>
    /// <value>8</value>
    [FormerName("loraRank")]
    [Range(1, 1024)]
    [SearchRange(2, 64, Log = true)]
    public int Rank { get; init; } = 8;

    /// <summary>Weight of the matrices: their product is multiplied by it and divided by the rank.</summary>
    /// <value>16</value>
    [FormerName("loraAlpha")]
    [Range(0.01, 1e4)]
    [SearchRange(4, 64, Log = true)]
    public double Alpha { get; init; } = 16;

    /// <summary>Share of the inputs of the matrices that is dropped in training.</summary>
    /// <value>0.05</value>
    [FormerName("loraDropout")]
    [Range(0.0, 0.9)]
    [SearchRange(0.0, 0.2)]
    public double Dropout { get; init; } = 0.05;
}
