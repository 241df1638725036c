using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Tokenization.Training;

/// <summary>Settings that all trainers of tokenizers have.</summary>
public abstract record SubwordTrainingOptions : OptionsRecord
{
    /// <summary>Number of tokens, special ones included. Special tokens and single characters are kept where they
    /// alone are more.</summary>
    /// <value>8000</value>
    [Range(1, 1_000_000)]
    public int VocabularySize { get; init; } = 8000;

    /// <summary>How often two tokens must stand side by side to be merged.</summary>
    /// <value>2</value>
    [Range(1, int.MaxValue)]
    public int MinimumFrequency { get; init; } = 2;
}
