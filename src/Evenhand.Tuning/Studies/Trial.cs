namespace Evenhand.Tuning;

/// <summary>A running trial: the handle that <see cref="Study.Ask"/> gives and <see cref="Study.Tell"/> takes
/// back.</summary>
public sealed class Trial
{
    internal Trial(int number, ParameterSet parameters, DateTimeOffset started, long timestamp) =>
        (Number, Parameters, Started, Timestamp) = (number, parameters, started, timestamp);

    /// <summary>Number in the study, counted from 0.</summary>
    public int Number { get; }

    /// <summary>What to try.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>When the trial was proposed.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>The same moment on the monotonic clock.</summary>
    internal long Timestamp { get; }
}
