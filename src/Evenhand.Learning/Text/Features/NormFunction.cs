namespace Evenhand.Learning.Text.Features;

/// <summary>What the features of a text are divided by.</summary>
public enum NormFunction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The sum of their absolute values.</summary>
    L1,

    /// <summary>Their Euclidean length.</summary>
    L2,
}
