using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Options of <see cref="ParaphraseAugmentation"/>.</summary>
public sealed record ParaphraseAugmentationOptions : MitigationOptions
{
    /// <summary>The table of paraphrases, such as translations there and back: a .csv, .tsv or .jsonl file with the
    /// columns <c>text</c> and <c>paraphrase</c>, one pair a row.</summary>
    /// <value>none: it must be given</value>
    [FilePath]
    public string Table { get; init; } = "";

    /// <summary>Probability with which a row whose text is in the table gets a paraphrased copy.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Probability { get; init; } = 1;
}
