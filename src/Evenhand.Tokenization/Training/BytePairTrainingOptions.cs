namespace Evenhand.Tokenization.Training;

/// <summary>Settings of <see cref="BytePairTrainer"/>.</summary>
public sealed record BytePairTrainingOptions : SubwordTrainingOptions
{
    /// <summary>Reads a text as if a blank stood before it, so that its first word is the same token as within a
    /// text.</summary>
    /// <value>false</value>
    public bool AddPrefixSpace { get; init; }
}
