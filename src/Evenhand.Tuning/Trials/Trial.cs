using Evenhand.Tuning.Space;
using Evenhand.Tuning.Studies;

namespace Evenhand.Tuning.Trials;

/// <summary>A running trial: the handle that <see cref="Study.Ask"/> gives and <see cref="Study.Tell"/> takes
/// back.</summary>
public sealed class Trial
{
    private readonly Func<Trial, bool> _goesOn;
    private TrialReport[] _reports = [];

    internal Trial(TrialClaim claim, DateTimeOffset started, long timestamp, Func<Trial, bool> goesOn) =>
        (Claim, Started, Timestamp, _goesOn) = (claim, started, timestamp, goesOn);

    /// <summary>Number in the study, counted from 0.</summary>
    public int Number => Claim.Number;

    /// <summary>How many times the trial was begun, this time included: files that it writes belong under both
    /// numbers.</summary>
    public int Attempt => Claim.Attempt;

    /// <summary>What to try.</summary>
    public ParameterSet Parameters => Claim.Parameters;

    /// <summary>When the trial was proposed.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>What it has reported, by ascending step: a state that does not change.</summary>
    public IReadOnlyList<TrialReport> Reports => _reports;

    /// <summary>Takes a report, which is stored with the finished trial, and asks the study's pruner.</summary>
    /// <param name="step">Iterations finished, counted from 1; larger than that of the report before.</param>
    /// <param name="measures">By name; NaN where a measure is undefined.</param>
    /// <returns>Whether to go on; otherwise the trial should be told <see cref="TrialOutcome.Pruned"/>. Always true
    /// where the study has no pruner.</returns>
    /// <remarks>Called by whoever evaluates the trial, from one thread at a time.</remarks>
    /// <exception cref="ArgumentException">The step is not larger than the last.</exception>
    public bool Report(int step, IReadOnlyDictionary<string, double> measures)
    {
        if (_reports is [.., var last] && step <= last.Step)
        {
            throw new ArgumentException(
                $"Trial {Number} reports step {step} after step {last.Step}; steps ascend.", nameof(step));
        }

        _reports = [.. _reports, new TrialReport(step, measures)];
        return _goesOn(this);
    }

    /// <summary>The claim in the storage.</summary>
    internal TrialClaim Claim { get; }

    /// <summary>The same moment on the monotonic clock.</summary>
    internal long Timestamp { get; }
}
