using Evenhand.Configuration;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Learning;
using Evenhand.TestKit;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;

namespace Evenhand.Experiments.Tests.Files;

[TestClass]
public sealed class ExperimentFileTests
{
    public static IEnumerable<object[]> ShippedFiles =>
        Directory.EnumerateFiles(Path.Combine(Snapshot.RepositoryRoot, "experiments"), "*.yaml")
            .Order().Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    public void Parse_EverySection_IsRead()
    {
        var plan = Text.Plan("""
            name: fair-ratings
            description: >-
              What it is for.
            task: rating-prediction
            seed: 42
            data:
              source: ml-100k
              onBadRow: skip
              groups: { user: [gender, age-band, gender*age-band], item: [genre], row: [gender*genre] }
            split: { strategy: time, train: 0.7, validation: 0.2, test: 0.1 }
            learners: [bias, { matrix-factorization: { lambda: search } }]
            objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5, scale: 2 } }
            sampler: { tpe: { startupTrials: 5 } }
            pruner: { median: { warmupSteps: 2 } }
            curves: true
            budget: { trials: 60, time: 1h30m, jobs: 2 }
            evaluation: { metrics: [mae, rmse-ratio], bootstrapSamples: 0, confidence: 0.9, units: user, finalists: 7 }
            """);
        var experiment = plan.Experiment;

        Assert.AreEqual("fair-ratings", experiment.Name);
        Assert.AreEqual("What it is for.", experiment.Description);
        Assert.AreEqual(42, experiment.Seed);
        Assert.AreEqual(TaskKind.RatingPrediction, experiment.Task);
        Assert.AreEqual("ml-100k", experiment.Data.Source!.Value);
        Assert.AreEqual(BadRowPolicy.Skip, experiment.Data.OnBadRow);
        CollectionAssert.AreEqual(
            new[] { "gender", "age-band", "gender*age-band", "genre", "gender*genre" },
            experiment.Data.Groups.All.Select(g => g.Entry.Value).ToArray());
        Assert.AreEqual(
            new SplitOptions { Strategy = SplitStrategy.Time, Train = 0.7, Validation = 0.2, Test = 0.1 },
            experiment.Split);
        Assert.AreEqual("rmse", experiment.Objective.Minimize!.Value);
        Assert.AreEqual((0.5, 2.0), (experiment.Objective.Fairness[0].Weight, experiment.Objective.Fairness[0].Scale));
        Assert.AreEqual(new TpeOptions { StartupTrials = 5 }, ((TpeSampler)experiment.Sampler.Create()).Options);
        Assert.AreEqual(
            new MedianPrunerOptions { WarmupSteps = 2 }, ((MedianPruner)experiment.Pruner!.Create()).Options);
        Assert.IsTrue(experiment.Curves);
        Assert.AreEqual(
            new BudgetSection { Trials = 60, Time = TimeSpan.FromMinutes(90), Jobs = 2 }, experiment.Budget);
        Assert.AreEqual(7, experiment.Evaluation.Finalists);
        CollectionAssert.AreEqual(
            new[] { "learner", "matrix-factorization.lambda" },
            plan.Learners.Space.Parameters.Select(p => p.Name).ToArray());
    }

    [TestMethod]
    public void Parse_NameTooLongForAFolder_IsRefused()
    {
        static string Named(int length) => $$"""
            name: {{new string('a', length)}}
            task: rating-prediction
            data: { source: simulator }
            learners: [bias]
            objective: { minimize: rmse }
            """;

        Assert.AreEqual(200, Text.Parse(Named(200)).Name.Length);
        Assert.Contains(
            "(1,7): name: it is too long for a folder",
            Assert.ThrowsExactly<InputException>(() => Text.Parse(Named(201))).Message);
    }

    [TestMethod]
    public void Parse_ShortFile_HasDefaults()
    {
        var experiment = Text.Parse(Text.With());

        Assert.AreEqual(0, experiment.Seed);
        Assert.AreEqual(new SplitOptions(), experiment.Split);
        Assert.AreEqual("tpe", experiment.Sampler.Create().Name);
        Assert.AreEqual(50, experiment.Budget.TrialLimit);
        Assert.AreEqual(BadRowPolicy.Error, experiment.Data.OnBadRow);
        Assert.IsEmpty(Text.Plan(Text.With()).Learners.Space.Parameters);
    }

    [TestMethod]
    public void TrialLimit_TimeAlone_IsNone() =>
        Assert.IsNull(Text.Parse(Text.With(more: "budget: { time: 5m }")).Budget.TrialLimit);

    [TestMethod]
    [DataRow("{ minimize: rmse, fairness: [{ metric: rmse-difference, group: gender }, { metric: mae-ratio, group: age-band }] }")]
    [DataRow("{ minimize: mae, constraints: { metric: rmse-difference, group: gender, atMost: 0.05 } }")]
    [DataRow("{ minimize: mae, constraints: [{ metric: rmse, atMost: 1 }, { metric: rmse-ratio, group: gender, atLeast: 0.9 }] }")]
    [DataRow("{ pareto: [rmse, { metric: rmse-difference, group: gender }] }")]
    [DataRow("{ pareto: [rmse, mae], constraints: { metric: value-unfairness, group: gender, atMost: 0.1 } }")]
    public void Parse_ObjectiveForm_IsAccepted(string objective) =>
        Assert.IsNotNull(Text.Parse(Text.With(objective: objective)).Objective);

    [TestMethod]
    public void Parse_TopN_AcceptsMetricsOfAnyLength()
    {
        var experiment = Text.Parse(Text.With(
            learners: "[popularity]",
            objective: "{ maximize: ndcg@25, fairness: { metric: ndcg@25-difference, group: gender } }",
            task: "top-n"));

        Assert.AreEqual("ndcg@25", experiment.Objective.Maximize!.Value);
    }

    [TestMethod]
    public void Parse_SeveralMistakes_AreAllReportedInOrder()
    {
        var message = Text.Refusal(Text.With(
            learners: "[bais]",
            objective: "{ minimize: rmsd }",
            data: "{ source: ml-100k, groups: { user: [gendr] } }"));

        Assert.AreEqual(
            """
            experiment.yaml(3,43): the data set 'ml-100k' has no group 'gendr'. Did you mean 'gender'?
            experiment.yaml(4,12): there is no learner 'bais'. Did you mean 'bias'?
            experiment.yaml(5,24): Unknown metric 'rmsd'. Did you mean 'rmse'?
            """,
            message);
    }

    [TestMethod]
    public void Parse_StoredText_GivesTheSameExperiment()
    {
        var text = Text.With(learners: "[bias, { matrix-factorization: search }]");
        var first = Text.Plan(text, ("budget.trials", "7"), ("learners.bias.userDamping", "{ float: [1, 9] }"));

        var again = ExperimentPlan.Parse(first.File, Registries.Full);

        Assert.AreEqual(text, first.File.Text);
        Assert.AreEqual(7, again.Experiment.Budget.Trials);
        CollectionAssert.AreEqual(
            first.Learners.Space.Parameters.ToArray(), again.Learners.Space.Parameters.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(ShippedFiles))]
    public void Parse_ShippedFile_IsValid(string file)
    {
        var path = Path.Combine(Snapshot.RepositoryRoot, "experiments", file);

        var plan = ExperimentPlan.Parse(ExperimentFile.Read(path), Registries.Full);

        Assert.AreEqual(Path.GetFileNameWithoutExtension(file), plan.Experiment.Name);
        Assert.StartsWith("# yaml-language-server: $schema=experiment.schema.json\n", plan.File.Text);
    }

    [TestMethod]
    public void Load_MissingFile_NamesTheNearest()
    {
        var path = Path.Combine(Snapshot.RepositoryRoot, "experiments", "quickstrat.yaml");

        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Load(path, Registries.Full));

        Assert.AreEqual($"{path}: there is no such experiment file. Did you mean 'quickstart.yaml'?", error.Message);
    }

    [TestMethod]
    public void Load_FilesOfOwnDataMissing_NamesThem()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("own.yaml", Text.With(data: """
            { rows: { files: [{ path: nowhere.csv }], columns: [
              { name: user, type: category, role: user }, { name: item, type: category, role: item },
              { name: stars, type: number } ] }, label: { column: stars } }
            """));

        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Load(path, Registries.Full));

        Assert.StartsWith($"{path}(3,7): ", error.Message);
        Assert.Contains(Path.Combine(folder.Path, "nowhere.csv"), error.Message);
    }

    [TestMethod]
    public void Load_OwnDescriptorFile_IsCheckedForGroups()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", "user,item,stars,gender\n1,2,3,f\n");
        folder.Write("set.yaml", """
            name: own
            title: Own ratings
            rows:
              files: [{ path: ratings.csv }]
              columns:
                - { name: user, type: category, role: user }
                - { name: item, type: category, role: item }
                - { name: stars, type: number }
                - { name: gender, type: category, describes: user }
            label: { column: stars }
            groups: { user: [gender] }
            """);
        var good = folder.Write("good.yaml", Text.With(data: "{ source: ./set.yaml, groups: { user: [gender] } }"));
        var bad = folder.Write("bad.yaml", Text.With(data: "{ source: ./set.yaml, groups: { user: [gendre] } }"));

        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Load(bad, Registries.Full));
        Assert.AreEqual(
            $"{bad}(3,46): the data set 'own' has no group 'gendre'. Did you mean 'gender'?", error.Message);

        // It is read once.
        var plan = ExperimentPlan.Load(good, Registries.Full);
        File.Delete(Path.Combine(folder.Path, "set.yaml"));
        Assert.AreEqual("own", plan.Source.Descriptor!.Name);
    }

    [TestMethod]
    public void Load_LabelBesideASource_TakesThePlaceOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", "user,item,stars,likes\n1,2,3,4\n");
        folder.Write("set.yaml", """
            name: own
            title: Own ratings
            rows:
              files: [{ path: ratings.csv }]
              columns:
                - { name: user, type: category, role: user }
                - { name: item, type: category, role: item }
                - { name: stars, type: number }
                - { name: likes, type: number }
            label: { column: stars }
            variants: [{ name: liked, title: Liked, label: { column: likes } }]
            """);
        var other = folder.Write("other.yaml", Text.With(data: "{ source: ./set.yaml, label: { column: likes } }"));
        var variant = folder.Write("variant.yaml", Text.With(data: "{ source: './set.yaml#liked' }"));
        var bad = folder.Write("bad.yaml", Text.With(data: "{ source: ./set.yaml, label: { column: like } }"));

        Assert.AreEqual("likes", ExperimentPlan.Load(other, Registries.Full).Source.Descriptor!.Label!.Column);
        Assert.AreEqual("likes", ExperimentPlan.Load(variant, Registries.Full).Source.Descriptor!.Label!.Column);
        Assert.AreEqual("own/liked", ExperimentPlan.Load(variant, Registries.Full).Source.Descriptor!.Name);
        var error = Assert.ThrowsExactly<InputException>(() => ExperimentPlan.Load(bad, Registries.Full));
        Assert.AreEqual(
            $"{bad}(3,36): data.label.column: the rows have no column 'like'. Did you mean 'likes'?", error.Message);
    }

    [TestMethod]
    [DataRow("{ source: ml-100k, label: { column: ratng } }",
        "experiment.yaml(3,33): data.label.column: the rows have no column 'ratng'. Did you mean 'rating'?")]
    [DataRow("{ source: simulator, label: { column: rating } }",
        "experiment.yaml(3,35): data.label: that of simulated data is simulator.label")]
    [DataRow("{ source: ml-100k, filters: [{ column: rating, min: 3 }] }",
        "experiment.yaml(3,35): data.filters: describes own data and goes with rows, not with source")]
    public void Parse_LabelOrFiltersBesideASource_AreCheckedAgainstIt(string data, string expected) =>
        Assert.AreEqual(expected, Text.Refusal(Text.With(data: data)));

    [TestMethod]
    [DataRow("filters: [{ column: star, min: 3 }]", "(6,23): data.filters.0.column: the rows have no column 'star'")]
    [DataRow("filters: [{ kCore: { user: 1, item: 1 } }]", "(6,22): data.filters.0.kCore: every user and item has")]
    [DataRow("derive: [{ name: d, from: stars, bands: [2, 1] }]", "(6,43): data.derive.0.bands: expected bounds that")]
    public void Parse_MistakeInOwnDataOfTheFile_IsNamedThere(string section, string expected)
    {
        var text = $$"""
            name: test
            task: rating-prediction
            data:
              rows: { files: [{ path: a.csv }], columns: [{ name: user, type: category, role: user }, { name: item, type: category, role: item }, { name: stars, type: number }] }
              label: { column: stars }
              {{section}}
            learners: [bias]
            objective: { minimize: rmse }
            """;

        Assert.StartsWith(Text.Name + expected, Text.Refusal(text));
    }

    [TestMethod]
    public void Parse_FiltersThatCountWithGivenParts_AreRefused()
    {
        var refusal = Text.Refusal(Text.With(
            data: """
                { rows: { files: [{ path: a.csv }], columns: [
                  { name: user, type: category, role: user }, { name: item, type: category, role: item },
                  { name: stars, type: number } ] }, label: { column: stars }, filters: [{ kCore: { user: 2, item: 2 } }] }
                """,
            more: "split: { strategy: files, trainFile: a.csv, testFile: b.csv }"));

        StringAssert.Contains(refusal, "filters that count or draw rows (minCount, kCore, sample)");
    }

    [TestMethod]
    public void FindDescriptor_OwnDataWithCrossing_DeclaresItsParts()
    {
        var plan = Text.Plan(Text.With(data: """
            { groups: { user: [gender*band] }, label: { column: stars }, rows: { files: [{ path: a.csv }], columns: [
              { name: user, type: category, role: user }, { name: item, type: category, role: item },
              { name: stars, type: number }, { name: gender, type: category, describes: user },
              { name: band, type: category, describes: user }, { name: zip, type: category, describes: user } ] } }
            """));

        CollectionAssert.AreEqual(new[] { "gender", "band" }, plan.Source.Descriptor!.Groups.User.ToArray());
    }
}
