namespace Evenhand.Tuning.Objectives;

/// <summary>All that the order of trials depends on, computed once a trial.</summary>
internal sealed record TrialKey(TrialStanding Standing, double Violation, double[] Losses,
    int Number) : IComparable<TrialKey>
{
    public bool IsDefined => Standing is TrialStanding.Feasible or TrialStanding.Infeasible;

    public int CompareTo(TrialKey? other)
    {
        if (other is null)
        {
            return -1;
        }

        var order = Standing.CompareTo(other.Standing);
        if (order == 0 && IsDefined)
        {
            order = Violation.CompareTo(other.Violation);
            for (var index = 0; order == 0 && index < Losses.Length; index++)
            {
                order = Losses[index].CompareTo(other.Losses[index]);
            }
        }

        return order != 0 ? order : Number.CompareTo(other.Number);
    }
}
