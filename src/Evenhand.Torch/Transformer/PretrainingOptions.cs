using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Torch.Transformer;

/// <summary>Passes over texts without labels before the training: words are hidden, and the encoder learns to tell
/// them (Devlin et al. 2019, section 3.1).</summary>
public sealed record PretrainingOptions : OptionsRecord
{
    /// <summary>How many passes; 0 for none.</summary>
    /// <value>0</value>
    [FormerName("pretrainingEpochs")]
    [Range(0, 1000)]
    public int Epochs { get; init; }

    /// <summary>A text file, UTF-8 with a text in each line, whose texts are read; empty for the training texts
    /// themselves.</summary>
    /// <value>empty</value>
    [FormerName("pretrainingFile")]
    [Unless(nameof(Epochs), 0)]
    [FilePath(Optional = true)]
    public string File { get; init; } = "";

    /// <summary>Full learning rate of these passes.</summary>
    /// <value>0.001</value>
    [FormerName("pretrainingLearningRate")]
    [Unless(nameof(Epochs), 0)]
    [Range(1e-7, 1.0)]
    [SearchRange(1e-4, 3e-3, Log = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the tokens that are to be told.</summary>
    /// <value>0.15</value>
    [FormerName("pretrainingMaskShare")]
    [Unless(nameof(Epochs), 0)]
    [Range(0.01, 0.9)]
    [SearchRange(0.1, 0.4)]
    public double MaskShare { get; init; } = 0.15;

    /// <summary>Whether all tokens of a word are hidden together.</summary>
    /// <value>false</value>
    [FormerName("wholeWordMasking")]
    [Unless(nameof(Epochs), 0)]
    public bool WholeWordMasking { get; init; }
}
