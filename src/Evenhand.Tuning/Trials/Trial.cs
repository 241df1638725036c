using Evenhand.Tuning.Space;
using Evenhand.Tuning.Studies;

namespace Evenhand.Tuning.Trials;

/// <summary>A running trial: the handle that <see cref="Study.Ask"/> gives and <see cref="Study.Tell"/> takes
/// back.</summary>
public sealed class Trial
{
    internal Trial(TrialClaim claim, DateTimeOffset started, long timestamp) =>
        (Claim, Started, Timestamp) = (claim, started, timestamp);

    /// <summary>Number in the study, counted from 0.</summary>
    public int Number => Claim.Number;

    /// <summary>How many times the trial was begun, this time included: files that it writes belong under both
    /// numbers.</summary>
    public int Attempt => Claim.Attempt;

    /// <summary>What to try.</summary>
    public ParameterSet Parameters => Claim.Parameters;

    /// <summary>When the trial was proposed.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>The claim in the storage.</summary>
    internal TrialClaim Claim { get; }

    /// <summary>The same moment on the monotonic clock.</summary>
    internal long Timestamp { get; }
}
