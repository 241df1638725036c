namespace Evenhand.Tokenization.Training;

/// <summary>Which two tokens a trainer merges next.</summary>
public enum MergeScore
{
    /// <summary>Those that stand side by side most often (Sennrich, Haddow, Birch 2016).</summary>
    Frequency,

    /// <summary>Those that stand side by side most often for how frequent they are: count of the pair divided by the
    /// product of the counts of the two (Schuster, Nakajima 2012).</summary>
    Likelihood,
}
