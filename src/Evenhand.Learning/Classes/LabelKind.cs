namespace Evenhand.Learning.Classes;

/// <summary>What a label column says of a row.</summary>
public enum LabelKind
{
    /// <summary>1 or 0.</summary>
    Binary,

    /// <summary>One class of several.</summary>
    Multiclass,

    /// <summary>Any number of labels.</summary>
    MultiLabel,
}
