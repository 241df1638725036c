using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Options of <see cref="SynonymAugmentation"/>.</summary>
public sealed record SynonymAugmentationOptions : MitigationOptions
{
    /// <summary>The table of synonyms: a .csv, .tsv or .jsonl file with the columns <c>term</c> and <c>synonym</c>, one
    /// pair a row.</summary>
    /// <value>none: it must be given</value>
    [FilePath]
    public string Table { get; init; } = "";

    /// <summary>Probability with which a row that holds a term gets a changed copy.</summary>
    /// <value>0.5</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Probability { get; init; } = 0.5;

    /// <summary>Probability with which each term of a changed copy is replaced; one of them always is.</summary>
    /// <value>0.3</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double ReplacementRate { get; init; } = 0.3;
}
