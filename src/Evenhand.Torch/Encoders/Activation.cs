namespace Evenhand.Torch.Encoders;

/// <summary>The nonlinearity between the two layers of a feed-forward block.</summary>
internal enum Activation
{
    /// <summary>x times the standard normal distribution function at x (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>The larger of x and 0.</summary>
    Relu,

    /// <summary>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), which is close to <see cref="Gelu"/> (Hendrycks and
    /// Gimpel 2016, section 2).</summary>
    GeluTanh,

    /// <summary>x times the logistic function of x (Elfwing, Uchibe, Doya 2018, eq. 6).</summary>
    Silu,
}
