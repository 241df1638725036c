using System.Globalization;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Metrics;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Tests.Leaderboards;

/// <summary>Plans and finished trials, for tests that need no data.</summary>
internal static class PlanSamples
{
    public const string Gap = "rmse-difference(gender)";

    public static ExperimentPlan Of(string text) => ExperimentPlan.Of(Definition(text), Registries.Full);

    public static StudyDefinition Definition(string text) => new()
    {
        File = Path.GetFullPath(Text.Name),
        Text = text,
        Overrides = [],
        Dataset = new DatasetFacts("ml-100k", 100, "abc"),
        Version = "1",
        Conditions = true,
    };

    public static StudyRecord Record(string text) =>
        new("study", "test", Definition(text).ToJson(), DateTimeOffset.UnixEpoch);

    /// <summary>The figures that were kept with a trial.</summary>
    public static EvaluationFigures Stored(FinishedTrial trial) => StoredFigures.Of("study", trial);

    /// <summary>A finished trial with these two figures, and a configuration of its own.</summary>
    public static FinishedTrial Trial(int number, double rmse, double gap, bool constant = false)
    {
        var figures = Figures(rmse, gap) with { Constant = constant };
        return new FinishedTrial
        {
            Number = number,
            State = TrialState.Complete,
            Parameters = new ParameterSet([new("number", (long)number)]),
            Measures = figures.ToMeasures(),
            Payload = EvaluationJson.Write(figures),
            Started = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(1.5),
        };
    }

    public static FinishedTrial Failed(int number) => new()
    {
        Number = number,
        State = TrialState.Failed,
        Parameters = ParameterSet.Empty,
        Error = "the fit diverged",
        Started = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.Zero,
    };

    public static FinishedTrial Pruned(int number, params double[] rmse) => new()
    {
        Number = number,
        State = TrialState.Pruned,
        Parameters = new ParameterSet([new("number", (long)number)]),
        Reports = Reports(rmse),
        Started = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(0.5),
    };

    public static TrialReport[] Reports(params double[] rmse) =>
    [
        .. rmse.Select((value, index) => new TrialReport(
            index + 1,
            new Dictionary<string, double> { ["rmse"] = value, [Gap] = double.NaN, ["train-loss"] = value / 2 })),
    ];

    public static EvaluationFigures Figures(double rmse, double gap)
    {
        static Dictionary<string, MetricValue> Rmse(double value) => new() { ["rmse"] = new(value, value - 0.1, value + 0.1) };
        var groups = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>
        {
            ["gender"] = new Dictionary<string, GroupFigures>
            {
                ["F"] = new(40, BelowMinimum: false, Rmse(rmse + gap)),
                ["M"] = new(60, BelowMinimum: false, Rmse(rmse)),
                ["other"] = new(2, BelowMinimum: true, new Dictionary<string, MetricValue> { ["rmse"] = new(double.NaN, double.NaN, double.NaN) }),
            },
        };
        return new EvaluationFigures(
            Rmse(rmse), groups, new Dictionary<string, MetricValue> { [Gap] = new(gap, double.NaN, double.NaN) });
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
