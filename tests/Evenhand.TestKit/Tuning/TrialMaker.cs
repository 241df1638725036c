using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.TestKit.Tuning;

/// <summary>Finished trials for tests that do not run a study.</summary>
public static class TrialMaker
{
    /// <summary>A fixed moment, with an offset that must survive storage.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, 125, TimeSpan.FromHours(2));

    /// <summary>A complete trial with the given measures.</summary>
    public static FinishedTrial Complete(int number, params (string Name, double Value)[] measures) =>
        Complete(number, ParameterSet.Empty, measures);

    /// <summary>A complete trial with the given parameters and measures.</summary>
    public static FinishedTrial Complete(
        int number, ParameterSet parameters, params (string Name, double Value)[] measures) => new()
        {
            Number = number,
            State = TrialState.Complete,
            Parameters = parameters,
            Measures = measures.ToDictionary(measure => measure.Name, measure => measure.Value),
            Started = Noon.AddSeconds(number),
            Duration = TimeSpan.FromTicks(12_345_678 + number),
        };

    /// <summary>A failed trial.</summary>
    public static FinishedTrial Failed(int number, ParameterSet? parameters = null) => new()
    {
        Number = number,
        State = TrialState.Failed,
        Parameters = parameters ?? ParameterSet.Empty,
        Error = "The loss is not a number after epoch 3.",
        Started = Noon.AddSeconds(number),
        Duration = TimeSpan.FromSeconds(1),
    };

    /// <summary>A pruned trial with the given reports.</summary>
    public static FinishedTrial Pruned(int number, IReadOnlyList<TrialReport> reports) => new()
    {
        Number = number,
        State = TrialState.Pruned,
        Parameters = ParameterSet.Empty,
        Reports = reports,
        Started = Noon.AddSeconds(number),
        Duration = TimeSpan.FromSeconds(1),
    };

    /// <summary>A report of the given measures.</summary>
    public static TrialReport Report(int step, params (string Name, double Value)[] measures) =>
        new(step, measures.ToDictionary(measure => measure.Name, measure => measure.Value));
}
