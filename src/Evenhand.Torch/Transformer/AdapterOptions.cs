using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Torch.Transformer;

/// <summary>The blocks that are trained between those of the encoder (Houlsby et al. 2019).</summary>
public sealed record AdapterOptions : OptionsRecord
{
    /// <summary>Width of the blocks.</summary>
    /// <value>32</value>
    [FormerName("adapterSize")]
    [Range(1, 4096)]
    [SearchRange(8, 128, Log = true)]
    public int Size { get; init; } = 32;
}
