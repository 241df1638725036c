using Evenhand.Configuration.Randomness;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Tests.Studies;

/// <summary>The study that is tested, and what its trials are.</summary>
internal static class GivenStudy
{
    public static readonly StudyRecord Record = new("sweep", "test", "definition", TrialMaker.Noon);
    public static readonly Objective Least = new CompositeObjective(new MeasureGoal("value", Maximize: false));
    public static readonly TestFunction Function = TestFunction.ModelSearch;

    public static Study Open(StudyStorage storage, Sampler? sampler = null, TimeProvider? time = null) =>
        new(Record, Function.Space, Least, sampler ?? new TpeSampler(), storage, Seeded, time);

    public static SeededRandom Seeded(int trial) => new SeedTree(7).Fork($"trial/{trial}").CreateRandom();

    public static TrialOutcome Evaluate(Trial trial) =>
        TrialOutcome.Complete(Value(Function.Value(trial.Parameters)), $"payload of {trial.Number}");

    public static Dictionary<string, double> Value(double value) => new() { ["value"] = value };

    // Everything but the clock and how often it was tried.
    public static void AssertSame(IReadOnlyList<FinishedTrial> expected, IReadOnlyList<FinishedTrial> actual)
    {
        static FinishedTrial Timeless(FinishedTrial trial) =>
            trial with { Attempt = 1, Started = TrialMaker.Noon, Duration = TimeSpan.Zero };
        CollectionAssert.AreEqual(expected.Select(Timeless).ToArray(), actual.Select(Timeless).ToArray());
    }
}
