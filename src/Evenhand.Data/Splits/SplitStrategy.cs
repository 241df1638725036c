namespace Evenhand.Data.Splits;

/// <summary>How rows are dealt out to the train, validation and test parts.</summary>
public enum SplitStrategy
{
    /// <summary>Rows at random, by the shares.</summary>
    Random,

    /// <summary>At random within each cell of groups crossed with the label, so that every part has the same mix. Of a
    /// set of labels the rarest counts.</summary>
    Stratified,

    /// <summary>Each user's <see cref="SplitOptions.K"/> rows to test, another <see cref="SplitOptions.K"/> to
    /// validation.</summary>
    LeaveKOut,

    /// <summary>Users are dealt into folds; users of one fold give rows to test, those of the next fold to
    /// validation.</summary>
    UserKFold,

    /// <summary>Each user's rows by the shares.</summary>
    PerUser,

    /// <summary>Two cuts in time for all rows: the past trains, what follows validates, the latest tests.</summary>
    Time,

    /// <summary>The parts are files that the user names.</summary>
    Files,
}
