using Evenhand.Data;
using Evenhand.Tuning;

namespace Evenhand.Experiments.Tests;

/// <summary>Listens to a run and says nothing.</summary>
internal sealed class Silent : IRunListener
{
    public void PhaseBegun(string phase)
    {
    }

    public void FitAdvanced(int trial, WorkProgress progress)
    {
    }

    public void Advanced(WorkProgress progress)
    {
    }

    public void Noted(string note)
    {
    }

    public void TrialFinished(FinishedTrial trial, int finished, int budget, FinishedTrial? best)
    {
    }
}
