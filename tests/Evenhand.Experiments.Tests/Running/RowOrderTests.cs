using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Learning;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>A file with its rows in another order is the same data: the same split, the same figures to the last
/// bit.</summary>
[TestClass]
public sealed class RowOrderTests
{
    private const string Experiment = """
        name: own
        task: TASK
        data:
          rows:
            files: [ { path: rows.csv } ]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number }
              - { name: city, type: category, describes: user }
              - { name: kind, type: category, describes: item }
          derive:
            - { name: popularity, side: item, frequency: {} }
          label: { column: stars }
          groups: { user: [city], item: [kind, popularity] }
        split: SPLIT
        learners: [ LEARNER ]
        objective: { maximize: METRIC, fairness: { metric: METRIC-difference, group: city, weight: 1 } }
        evaluation: { minimumGroupSize: 1, bootstrapSamples: 20 }
        budget: { trials: 1 }
        """;

    [TestMethod]
    [DataRow("rating-prediction", "bias", "{ strategy: random }")]
    [DataRow("rating-prediction", "matrix-factorization", "{ strategy: stratified }")]
    [DataRow("rating-prediction", "item-knn: { feedback: explicit }", "{ strategy: per-user }")]
    [DataRow("top-n", "popularity", "{ strategy: leave-k-out, k: 2 }")]
    [DataRow("top-n", "item-knn", "{ strategy: user-k-fold, k: 3 }")]
    [DataRow("top-n", "ials", "{ strategy: random }")]
    [DataRow("top-n", "bpr", "{ strategy: per-user }")]
    public void Evaluate_RowsInAnotherOrder_GivesTheSameFigures(string task, string learner, string split)
    {
        var random = new SeedTree(3).CreateRandom();
        var rows = Enumerable.Range(0, 600).Select(_ => string.Create(
            CultureInfo.InvariantCulture,
            $"u{random.Next(40)},i{random.Next(30)},{1 + random.Next(5)},city-{random.Next(3)},kind-{random.Next(3)}"))
            .ToArray();
        var first = Evaluate();
        for (var order = 0; order < 2; order++)
        {
            random.Shuffle<string>(rows);
            Assert.AreEqual(first, Evaluate());
        }

        string Evaluate()
        {
            using var folder = new TemporaryFolder();
            folder.Write("rows.csv", "user,item,stars,city,kind\n" + string.Join('\n', rows) + "\n");
            var ofLists = task == "top-n";
            var text = Experiment.Replace("TASK", task, StringComparison.Ordinal)
                .Replace("SPLIT", split, StringComparison.Ordinal)
                .Replace("LEARNER", learner, StringComparison.Ordinal)
                .Replace("maximize: METRIC", ofLists ? "maximize: METRIC" : "minimize: METRIC", StringComparison.Ordinal)
                .Replace("METRIC", ofLists ? "ndcg@10" : "rmse", StringComparison.Ordinal);
            var plan = ExperimentPlan.Load(folder.Write("own.yaml", text), Registries.Full, [], null);
            var parts = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None).Split;
            var model = plan.Learners.CreateLearner(ParameterSet.Empty).Fit(parts.Train, new FitContext { Seeds = new SeedTree(1) });
            return EvaluationJson.Write(new Evaluator(plan.Evaluation).Evaluate(
                model, parts.Test, [parts.Train, parts.Validation], CancellationToken.None).Figures);
        }
    }
}
