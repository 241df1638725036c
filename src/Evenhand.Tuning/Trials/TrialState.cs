namespace Evenhand.Tuning.Trials;

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>The evaluation returned measures.</summary>
    Complete,

    /// <summary>The evaluation failed; the trial carries the error and no measures count.</summary>
    Failed,

    /// <summary>The evaluation was ended early, as its reports promised too little; the trial carries these reports and
    /// no measures count.</summary>
    Pruned,
}
