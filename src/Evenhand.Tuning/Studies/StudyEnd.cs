namespace Evenhand.Tuning.Studies;

/// <summary>Why a run of a study has ended.</summary>
public enum StudyEnd
{
    /// <summary>The number of trials of the budget is reached.</summary>
    Trials,

    /// <summary>The time of the budget is over.</summary>
    Time,

    /// <summary>Every set of the search space has been tried.</summary>
    Space,
}
