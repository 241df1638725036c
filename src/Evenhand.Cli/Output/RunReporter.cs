using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Output;

/// <summary>Shows how a run goes on: phases, trials with rate and time left, the best so far.</summary>
internal sealed class RunReporter(ProgressReporter progress, ExperimentPlan plan) : IRunListener
{
    private readonly Lock _lock = new();
    private WorkProgress _trials = new(0, plan.Budget.Trials ?? 0, "trials");
    private string _best = "";

    public void PhaseBegun(string phase) => progress.Begin(phase);

    public void Advanced(WorkProgress work) => progress.Report(work);

    public void Noted(string note) => progress.Line(note);

    public void FitAdvanced(int trial, WorkProgress work)
    {
        lock (_lock)
        {
            var fit = $"trial {trial}: {work.Done}/{work.Total} {work.Unit}";
            progress.Report(_trials, _best.Length > 0 ? $"{fit}, {_best}" : fit);
        }
    }

    public void TrialFinished(FinishedTrial trial, int finished, int budget, FinishedTrial? best)
    {
        if (trial.State == TrialState.Failed)
        {
            progress.Line($"trial {trial.Number} failed: {trial.Error}");
        }

        lock (_lock)
        {
            _trials = new WorkProgress(finished, budget, "trials");
            _best = best is null ? "" : Describe(best);
            progress.Report(_trials, _best);
        }
    }

    private string Describe(FinishedTrial best)
    {
        var accuracy = plan.ObjectiveFacts.Accuracy;
        var text = $"best: trial {best.Number}, {accuracy} {LeaderboardTable.Number(best.Measures[accuracy])}";
        foreach (var gap in plan.ObjectiveFacts.Fairness)
        {
            text += $", {gap} {LeaderboardTable.Number(best.Measures.GetValueOrDefault(gap, double.NaN))}";
        }

        return text;
    }
}
