using System.Globalization;
using System.Reflection;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Plans;

/// <summary>Says in a few words how figures are measured.</summary>
internal static class ProtocolPlanner
{
    /// <summary>Version of Evenhand.</summary>
    public static string Version { get; } = typeof(ProtocolPlanner).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What is said, by name of the part.</summary>
    public static IReadOnlyDictionary<string, string> Plan(Experiment experiment, EvaluationPlan evaluation)
    {
        var section = experiment.Evaluation;
        var protocol = new Dictionary<string, string>
        {
            ["version"] = Version,
            ["seed"] = experiment.Seed.ToString(CultureInfo.InvariantCulture),
            ["split"] = Words(experiment.Split),
            ["bounds"] = section.BootstrapSamples == 0 ? "none" : string.Create(
                CultureInfo.InvariantCulture,
                $"{section.Confidence:0.### %}, "
                + $"{section.BootstrapSamples} bootstrap resamples of {Units(experiment)}"),
            ["minimumGroupSize"] = section.MinimumGroupSize.ToString(CultureInfo.InvariantCulture),
            ["sampler"] = experiment.Sampler.Name,
        };
        if (experiment.Pruner is { } pruner)
        {
            protocol["pruner"] = pruner.Name;
        }

        foreach (var (key, value) in experiment.PredictionTask.Target.Protocol(evaluation))
        {
            protocol[key] = value;
        }

        return protocol;
    }

    private static string Words(SplitOptions split)
    {
        var shares = string.Create(
            CultureInfo.InvariantCulture, $"{split.Train:0.##} / {split.Validation:0.##} / {split.Test:0.##}");
        var name = YamlNames.Value(split.Strategy);
        return split.Strategy switch
        {
            SplitStrategy.LeaveKOut => string.Create(CultureInfo.InvariantCulture, $"{name}, k = {split.K}"),
            SplitStrategy.UserKFold => string.Create(
                CultureInfo.InvariantCulture, $"{name}, fold {split.Fold} of {split.Folds}"),
            SplitStrategy.Files => name,
            _ => $"{name}, {shares}",
        };
    }

    private static string Units(Experiment experiment) =>
        experiment.PredictionTask.Target.IsRanking || experiment.Evaluation.Units == ResamplingUnit.User
            ? "users"
            : "rows";
}
