namespace Evenhand.Torch.Training;

/// <summary>The learning rate of each step: a linear warm-up to the full rate, then a decay.</summary>
/// <param name="Kind">The decay.</param>
/// <param name="Rate">The full rate.</param>
/// <param name="Steps">Number of steps T.</param>
/// <param name="WarmupSteps">Number of steps W of the warm-up; the last of them has the full rate.</param>
internal sealed record LearningRateSchedule(ScheduleKind Kind, double Rate, int Steps, int WarmupSteps)
{
    /// <summary>The rate of a step s from 0: rate (s + 1) / W where s is below W; else, with p = (s - W) / (T - W), the
    /// rate times 1 - p, times (1 + cos(pi p)) / 2, or as it is.</summary>
    public double At(int step)
    {
        if (step < WarmupSteps)
        {
            return Rate * (step + 1) / WarmupSteps;
        }

        var progress = (step - WarmupSteps) / (double)Math.Max(1, Steps - WarmupSteps);
        return Kind switch
        {
            ScheduleKind.Linear => Rate * Math.Max(0, 1 - progress),
            ScheduleKind.Cosine => Rate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress))),
            _ => Rate,
        };
    }
}
