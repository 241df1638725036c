namespace Evenhand.Torch;

/// <summary>The nonlinearity between the two layers of a feed-forward block.</summary>
internal enum Activation
{
    /// <summary>x times the standard normal distribution function at x (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>The larger of x and 0.</summary>
    Relu,
}
