namespace Evenhand.Learning.Text.Features;

/// <summary>How rare features outweigh frequent ones, with n training texts of which df have a feature.</summary>
public enum InverseDocumentFrequency
{
    /// <summary>Not at all: every feature weighs 1.</summary>
    None,

    /// <summary>ln((1 + n) / (1 + df)) + 1, as if one more text had every feature.</summary>
    Smooth,

    /// <summary>ln(n / df) + 1.</summary>
    Plain,
}
