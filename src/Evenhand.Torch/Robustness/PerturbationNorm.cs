namespace Evenhand.Torch.Robustness;

/// <summary>How the size of a perturbation of a text is measured.</summary>
public enum PerturbationNorm
{
    /// <summary>The Euclidean length over all elements of all words of the text.</summary>
    L2,

    /// <summary>The largest element.</summary>
    LInfinity,
}
