using Evenhand.Configuration;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Told how a run goes on. Called from the threads that do the work, so it must be thread-safe. A listener
/// implements what it wants to hear of.</summary>
public interface IRunListener
{
    /// <summary>Nobody listens.</summary>
    static IRunListener None { get; } = new Nobody();

    /// <summary>A phase begins, such as <c>reading ml-100k</c>.</summary>
    void PhaseBegun(string phase)
    {
    }

    /// <summary>Work within the phase.</summary>
    void Advanced(WorkProgress progress)
    {
    }

    /// <summary>Something worth knowing, such as rows that were left out.</summary>
    void Noted(string note)
    {
    }

    /// <summary>Work within the fit of a trial.</summary>
    void FitAdvanced(int trial, WorkProgress progress)
    {
    }

    /// <summary>A trial has finished and is durable.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="finished">Trials finished in all.</param>
    /// <param name="budget">Trials to run in all; 0 where only time is limited.</param>
    /// <param name="best">The best trial so far; null where none is feasible.</param>
    void TrialFinished(FinishedTrial trial, int finished, int budget, FinishedTrial? best)
    {
    }

    private sealed class Nobody : IRunListener;
}
