using System.Globalization;
using Evenhand.Data;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Metrics;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Tests;

/// <summary>Compares what a study keeps with what it says: every model is measured again.</summary>
internal static class KeptModels
{
    /// <summary>Everything that does not fit; empty for a sound study.</summary>
    /// <param name="store">The store.</param>
    /// <param name="study">A study that has ended.</param>
    /// <param name="trials">How many trials it must have.</param>
    public static IReadOnlyList<string> Problems(string store, string study, int trials)
    {
        using var library = StudyLibrary.Open(store, Registries.Full);
        var record = library.Find(study);
        var artifacts = library.Artifacts(record);
        var plan = ExperimentPlan.Of(StudyDefinition.FromJson(record.Definition), Registries.Full);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        var finished = library.Storage.ReadTrials(record.Name);
        var test = artifacts.ReadTest();
        var problems = new List<string>();

        var numbers = finished.Select(trial => trial.Number).ToArray();
        Expect(numbers.SequenceEqual(Enumerable.Range(0, trials)), $"trials {string.Join(", ", numbers)} of {trials}");
        Expect(finished.DistinctBy(trial => trial.Parameters).Count() == trials, "a configuration was run twice");
        problems.AddRange(finished.Where(trial => trial.State == TrialState.Failed)
            .Select(trial => $"trial {trial.Number} failed: {trial.Error}"));
        foreach (var trial in finished)
        {
            if (artifacts.LoadModel(trial, Registries.Full) is not { } model)
            {
                Expect(!test.ContainsKey(trial.Number), $"the model of finalist {trial.Number} is lost");
                continue;
            }

            Expect(test.TryGetValue(trial.Number, out var measured), $"trial {trial.Number} is kept and no finalist");
            var validation = Measure(model, data.Split.Validation, [data.Split.Train]);
            Expect(
                validation.ToMeasures().All(m => m.Value.Equals(trial.Measure(m.Key))),
                $"the model of trial {trial.Number} is not the one that was measured");
            if (measured is not null)
            {
                var figures = Measure(model, data.Split.Test, [data.Split.Train, data.Split.Validation]);
                Expect(
                    Same(figures.Metrics, measured.Metrics) && Same(figures.Fairness, measured.Fairness),
                    $"the test figures of trial {trial.Number} are not its model's");
            }
        }

        var models = Directory.GetFiles(Path.Combine(store, study, "models")).Select(Path.GetFileName).Order();
        var expected = finished.Where(trial => test.ContainsKey(trial.Number))
            .Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Number}-{trial.Attempt}.model")).Order();
        Expect(models.SequenceEqual(expected), $"models {string.Join(", ", models)} of {string.Join(", ", expected)}");
        problems.AddRange(Directory.GetFiles(store, "*.tmp", SearchOption.AllDirectories).Select(file => $"{file} is left"));
        return problems;

        void Expect(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        EvaluationFigures Measure(Model model, Dataset part, IReadOnlyList<Dataset> seen) =>
            new Evaluator(plan.Evaluation).Evaluate(model, part, seen, CancellationToken.None).Figures;
    }

    private static bool Same(
        IReadOnlyDictionary<string, MetricValue> left, IReadOnlyDictionary<string, MetricValue> right) =>
        left.Count == right.Count && left.All(figure => figure.Value.Equals(right[figure.Key]));
}
