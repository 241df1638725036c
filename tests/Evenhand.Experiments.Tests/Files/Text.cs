using Evenhand.Configuration;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;

namespace Evenhand.Experiments.Tests.Files;

/// <summary>Experiment files in short form, for tests that look at one part.</summary>
internal static class Text
{
    public const string Name = "experiment.yaml";

    public static string With(
        string learners = "[bias]",
        string objective = "{ minimize: rmse }",
        string data = "{ source: ml-100k, groups: { user: [gender, age-band] } }",
        string task = "rating-prediction",
        string more = "") =>
        $"name: test\ntask: {task}\ndata: {data}\nlearners: {learners}\nobjective: {objective}\n{more}\n";

    public static Experiment Parse(string text, params (string Path, string Value)[] overrides) =>
        Plan(text, overrides).Experiment;

    public static ExperimentPlan Plan(string text, params (string Path, string Value)[] overrides) =>
        ExperimentPlan.Parse(
            new ExperimentFile(Name, text, [.. overrides.Select(o => KeyValuePair.Create(o.Path, o.Value))]),
            Registries.Full);

    public static string Refusal(string text, params (string Path, string Value)[] overrides) =>
        Assert.ThrowsExactly<InputException>(() => Parse(text, overrides)).Message;
}
