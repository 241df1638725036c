namespace Evenhand.Data.Splits;

/// <summary>A part of a split.</summary>
public enum SplitPart
{
    /// <summary>Models are fitted on it.</summary>
    Train,

    /// <summary>Models are compared and chosen on it.</summary>
    Validation,

    /// <summary>Touched once, at the end.</summary>
    Test,
}
