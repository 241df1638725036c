namespace Evenhand.Learning.Classes;

/// <summary>How classes weigh in a fit.</summary>
public enum ClassWeighting
{
    /// <summary>Every row weighs the same.</summary>
    None,

    /// <summary>Every class weighs the same: a row weighs n / (k n_c), with n rows of k classes of which n_c are of
    /// its class.</summary>
    Balanced,
}
