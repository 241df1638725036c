using System.Text;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;
using Evenhand.Learning;

namespace Evenhand.Experiments.Checks;

/// <summary>Checks an experiment beyond its form: names that must exist, parts that must fit each other.</summary>
internal static class ExperimentChecks
{
    /// <summary>Checks everything that can be known without looking at other files.</summary>
    public static void Check(Experiment experiment, DataSource source, YamlElement root, YamlProblems problems)
    {
        if (problems.Count == 0)
        {
            // It checks each value once more, so it comes only where every value is good by itself.
            DataChecks.CheckOwn(source, root, problems);
        }

        CheckName(experiment.Name, root.Find("name")?.Value ?? root, problems);
        CheckLearners(experiment.Learners.Select(entry => (entry.Learner.Name, entry)), experiment.Task, problems);
        MitigationChecks.Check(experiment, source, problems);
        MetricChecks.Check(experiment, source, problems);
        DataChecks.Check(experiment, source, root, problems);
    }

    /// <summary>Checks the files that the experiment names.</summary>
    /// <exception cref="InputException">Something is missing or wrong: one line for each problem.</exception>
    public static void CheckFiles(
        Experiment experiment, ExperimentFile file, DataSource source, Registry registry, string? dataRoot)
    {
        var problems = new YamlProblems { Registry = registry };
        DataChecks.CheckFiles(experiment, file, source, dataRoot, problems);
        problems.ThrowIfAny();
    }

    private static void CheckName(string name, YamlElement at, YamlProblems problems)
    {
        if (Encoding.UTF8.GetByteCount(name) is var length and > Experiment.LongestName)
        {
            problems.Add(
                at.Place,
                $"name: it is too long for a folder, which a study has under this name: {length} bytes, and at most "
                + $"{Experiment.LongestName} are allowed");
        }
    }

    // The learners of the experiment, or the members of one of them.
    private static void CheckLearners(
        IEnumerable<(string Key, LearnerEntry Entry)> entries, TaskKind task, YamlProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, entry) in entries)
        {
            CheckLearners(entry.NamedMembers, task, problems);
            var learner = entry.Learner;
            if (!seen.Add(key))
            {
                problems.Add(entry.Place, $"learner '{learner.Name}' is there twice; put all its options in one entry");
            }

            if (!learner.Tasks.Contains(task))
            {
                var fitting = problems.Registry.All<LearnerDescriptor>()
                    .Where(l => l.Tasks.Contains(task)).Select(l => l.Name).ToArray();
                problems.Add(
                    entry.Place,
                    $"learner '{learner.Name}' does not fit the task {YamlNames.Value(task)}."
                    + (fitting.Length == 0 ? " None does." : $" These do: {string.Join(", ", fitting)}."));
            }
            else if (entry.FixedOptions() is { } options && !options.Serves(task))
            {
                var keys = string.Join(", ", YamlShape.OfRecord(learner.OptionsType).Keys
                    .Where(k => k.Shape.Kind == YamlShapeKind.Enumeration)
                    .Select(k => $"{k.Name} ({string.Join(", ", YamlNames.Values(k.Shape.Type))})"));
                problems.Add(
                    entry.Place,
                    $"learner '{learner.Name}' with these options does not fit the task "
                    + $"{YamlNames.Value(task)}; choose another {keys}");
            }
        }
    }
}
