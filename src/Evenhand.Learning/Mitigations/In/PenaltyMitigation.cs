namespace Evenhand.Learning.Mitigations.In;

/// <summary>A mitigation that adds a difference between groups, in a statistic of soft confusion counts, to the loss of
/// a classifier.</summary>
/// <remarks>
/// <para>The counts of a group are those of a confusion matrix in which a row with the probability p counts p times as
/// predicted positive and 1 - p times as predicted negative, times its weight in the loss. Of several classes each is
/// counted against all others; of sets of labels each is counted by itself; the penalty is the mean over them.</para>
/// <para>The penalty is the mean of <c>(s_g - s_h)^2</c> over all pairs of groups in which the statistic s exists; for
/// two groups the squared difference. Rows of unknown group do not take part.</para>
/// <para>It is not convex in the parameters of a model. A learner finds a minimum near its way, not one that is known
/// to be the least.</para>
/// </remarks>
public abstract class PenaltyMitigation : RowMitigation
{
    /// <summary>For a mitigation of any assembly: a learner that knows this base knows it.</summary>
    protected PenaltyMitigation()
    {
    }

    /// <summary>The penalty of one fit. It is asked for at the start, where options are to be checked.</summary>
    public abstract GroupPenalty Start();
}
