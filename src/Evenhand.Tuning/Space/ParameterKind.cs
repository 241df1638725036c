namespace Evenhand.Tuning.Space;

/// <summary>The type of a <see cref="ParameterValue"/>.</summary>
public enum ParameterKind
{
    /// <summary>A 64-bit integer.</summary>
    Int,

    /// <summary>A finite 64-bit floating-point number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A text, usually the name of a choice.</summary>
    String,
}
