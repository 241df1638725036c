namespace Evenhand.Learning.Mitigations.In.RatePenalty;

/// <summary>A rate that is to be the same in all groups.</summary>
public enum GroupRate
{
    /// <summary>Share of rows that are predicted positive: demographic parity.</summary>
    Selection,

    /// <summary>Share of the positive rows that are predicted positive: equal opportunity.</summary>
    TruePositive,

    /// <summary>Share of the negative rows that are predicted positive.</summary>
    FalsePositive,

    /// <summary>Both of the last two: equalized odds.</summary>
    TrueAndFalsePositive,
}
