using Evenhand.Configuration.Randomness;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Experiments.Tests.Leaderboards;
using Evenhand.Learning;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>Top-n models measured over groups of items, on data small enough to do by hand.</summary>
[TestClass]
public sealed class RankingEvaluationTests
{
    // Training users: a 4, b 3, c 2, d 1, e none. Popularity recommends b to u4, who has a, and c to u3, who has a and
    // b.
    private const string Train = """
        user,item,gender,genre
        u1,a,F,drama
        u2,a,M,drama
        u3,a,F,drama
        u4,a,M,drama
        u1,b,F,drama
        u2,b,M,drama
        u3,b,F,drama
        u1,c,F,drama
        u2,c,M,drama
        u1,d,F,crime
        """;

    private const string Own = """
        name: own
        task: top-n
        data:
          rows:
            files: [ { path: train.csv } ]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: gender, type: category, describes: user }
              - { name: genre, type: category, describes: item }
          groups: { user: [gender], item: [genre, popularity-band] }
        split: { strategy: files, trainFile: train.csv, validationFile: validation.csv, testFile: test.csv }
        learners: [popularity]
        objective: { pareto: [ndcg@1, { metric: exposure@1-difference, group: genre }] }
        evaluation: { k: 1, minimumGroupSize: 1, bootstrapSamples: 20 }
        budget: { trials: 1 }
        """;

    [TestMethod]
    public void Evaluate_ItemGroups_HaveWhatTheyGetAndDeserve()
    {
        var figures = Evaluate();

        var crime = figures.Groups["genre"]["crime"];
        Assert.AreEqual(2, crime.Count);
        Assert.AreEqual(0.0, crime.Values["exposure-share@1"].Value);
        Assert.AreEqual(1.0, crime.Values["merit-share"].Value);
        Assert.AreEqual(0.4, crime.Values["catalogue-share"].Value, 1e-12);
        Assert.AreEqual(5.0 / 3, figures.Groups["genre"]["drama"].Values["exposure@1"].Value, 1e-12);
        Assert.AreEqual(5.0 / 3, figures.Fairness["exposure@1-difference(genre)"].Value, 1e-12);
        Assert.AreEqual(1.0, figures.Fairness["exposure-merit-difference@1(genre)"].Value);
        Assert.IsFalse(crime.Values.ContainsKey("ndcg@1"));
        Assert.IsFalse(figures.Groups["gender"]["F"].Values.ContainsKey("exposure@1"));
        Assert.IsTrue(figures.Fairness.ContainsKey("ndcg@1-difference(gender)"));
        Assert.IsFalse(figures.Fairness.ContainsKey("ndcg@1-difference(genre)"));
    }

    // Of 10 training rows a holds the first 4 (it begins in the first 20 %), b and c those to 9, d the last.
    [TestMethod]
    public void Evaluate_PopularityBands_ComeFromTheTrainingPart()
    {
        var figures = Evaluate();

        var bands = figures.Groups["popularity-band"];
        Assert.AreEqual((1, 2, 2), (bands["head"].Count, bands["middle"].Count, bands["tail"].Count));
        Assert.AreEqual(1.0, bands["middle"].Values["recommendation-share@1"].Value);
    }

    // RSP: drama 2 of the unseen pairs (u3, c), (u4, b), (u4, c); crime none of (u3, d), (u3, e), (u4, d), (u4, e).
    [TestMethod]
    public void Evaluate_RecommendationRate_IsAmongWhatTheUserHadNotSeen()
    {
        var figures = Evaluate(("evaluation.metrics", "[recommendation-rate@1, rsp@1, intra-list-diversity@2]"));

        Assert.AreEqual(2.0 / 3, figures.Groups["genre"]["drama"].Values["recommendation-rate@1"].Value, 1e-12);
        Assert.AreEqual(0.0, figures.Groups["genre"]["crime"].Values["recommendation-rate@1"].Value);
        Assert.AreEqual(1.0, figures.Fairness["rsp@1(genre)"].Value, 1e-12);
    }

    // Lists b, c and c, d. Features (genre, band): b and c alike; c drama, middle and d crime, tail have nothing in
    // common.
    [TestMethod]
    public void Evaluate_Diversity_ComparesTheAttributesOfTheItems()
    {
        var figures = Evaluate(("evaluation.metrics", "[intra-list-diversity@2]"));

        Assert.AreEqual(0.5, figures.Metrics["intra-list-diversity@2"].Value, 1e-12);
    }

    // u4 has seen a; d is relevant and popularity ranks it third, behind b and c. u3 has seen a and b; e is relevant
    // and has no training row, so that it is in no list. Among one other item, at most one stands before d.
    [TestMethod]
    public void Evaluate_SampledNegatives_RanksAmongFewerItems()
    {
        var full = Evaluate(("evaluation.metrics", "[mrr@5]"));
        var sampled = Evaluate(("evaluation.metrics", "[mrr@5]"), ("evaluation.sampledNegatives", "1"));
        var all = Evaluate(("evaluation.metrics", "[mrr@5]"), ("evaluation.sampledNegatives", "100"));

        Assert.AreEqual(1.0 / 6, full.Metrics["mrr@5"].Value, 1e-12);
        Assert.IsGreaterThanOrEqualTo(0.25, sampled.Metrics["mrr@5"].Value);
        Assert.AreEqual(full.Metrics["mrr@5"].Value, all.Metrics["mrr@5"].Value, 1e-12);
    }

    [TestMethod]
    public void Plan_SampledNegatives_IsFlaggedInTheProtocol()
    {
        var plan = PlanSamples.Of(Text.With(
            learners: "[popularity]", objective: "{ maximize: ndcg@10 }", task: "top-n",
            more: "evaluation: { sampledNegatives: 100 }"));

        StringAssert.StartsWith(plan.Protocol["ranking"], "SAMPLED: relevant items among 100 others");
    }

    [TestMethod]
    public void Plan_ItemGroupsOnly_WatchTheirExposure()
    {
        var plan = PlanSamples.Of(Text.With(
            learners: "[popularity]",
            objective: "{ maximize: ndcg@10 }",
            data: "{ source: ml-100k, groups: { user: [gender], item: [genre] } }",
            task: "top-n"));

        CollectionAssert.AreEqual(
            new[] { "ndcg@10-difference(gender)", "exposure@10-difference(genre)" },
            plan.ObjectiveFacts.Fairness.ToArray());
    }

    private static EvaluationFigures Evaluate(params (string Path, string Value)[] overrides)
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.csv", Train);
        folder.Write("validation.csv", "user,item,gender,genre\nu2,d,M,crime\n");
        folder.Write("test.csv", "user,item,gender,genre\nu4,d,M,crime\nu3,e,F,crime\n");
        var plan = ExperimentPlan.Load(
            folder.Write("own.yaml", Own), Registries.Full, [.. overrides.Select(o => KeyValuePair.Create(o.Path, o.Value))], null);
        var split = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None).Split;
        var model = plan.Learners.CreateLearner(ParameterSet.Empty).Fit(split.Train, new FitContext { Seeds = new SeedTree(1) });
        return new Evaluator(plan.Evaluation).Evaluate(model, split.Test, [split.Train, split.Validation], CancellationToken.None).Figures;
    }
}
