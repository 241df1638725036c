using Evenhand.Data;
using Evenhand.Data.Yaml;

namespace Evenhand.Experiments;

/// <summary>Checks an experiment beyond its form: names that must exist, parts that must fit each other.</summary>
internal static class ExperimentValidator
{
    /// <summary>Checks everything that can be known without looking at other files.</summary>
    public static void Check(Experiment experiment, YamlElement root, YamlProblems problems)
    {
        CheckLearners(experiment, problems);
        CheckSplit(experiment.Split, root, problems);
        MetricChecks.Check(experiment, problems);
        DataChecks.Check(experiment, root, problems);
    }

    /// <summary>Checks the files that the experiment names.</summary>
    /// <exception cref="InputException">Something is missing or wrong: one line for each problem.</exception>
    public static void CheckFiles(Experiment experiment, string? dataRoot)
    {
        var problems = new YamlProblems();
        DataChecks.CheckFiles(experiment, dataRoot, problems);
        problems.ThrowIfAny();
    }

    private static void CheckLearners(Experiment experiment, YamlProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in experiment.Learners)
        {
            var learner = entry.Learner;
            if (!seen.Add(learner.Name))
            {
                problems.Add(entry.Place, $"learner '{learner.Name}' is there twice; put all its options in one entry");
            }

            if (!learner.Tasks.Contains(experiment.Task))
            {
                var fitting = Learning.LearnerCatalogue.Learners
                    .Where(l => l.Tasks.Contains(experiment.Task)).Select(l => l.Name);
                problems.Add(entry.Place, $"learner '{learner.Name}' does not fit the task {YamlNames.Value(experiment.Task)}."
                    + $" These do: {string.Join(", ", fitting)}.");
            }
        }
    }

    // The split says what is wrong with it by lines such as `split.train: ...`.
    private static void CheckSplit(SplitOptions split, YamlElement root, YamlProblems problems)
    {
        try
        {
            split.Check();
        }
        catch (InputException e)
        {
            foreach (var line in e.Message.Split('\n'))
            {
                var key = line[..line.IndexOf(':', StringComparison.Ordinal)].Split('.');
                var section = root.Find(key[0]);
                var place = (key.Length > 1 ? section?.Value.Find(key[1])?.Value.Place : null) ?? section?.Place ?? root.Place;
                problems.Add(place, line);
            }
        }
    }
}
