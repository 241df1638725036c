using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Learning;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Metrics;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Tests.Running;

/// <summary>An experiment on texts that mention groups, from the file to the leaderboard.</summary>
[TestClass]
public sealed class IdentityTermsTests
{
    private const string Own = """
        name: own-texts
        task: text-classification
        data:
          rows:
            files: [ { path: texts.csv } ]
            columns:
              - { name: text, type: text, role: text }
              - { name: label, type: number }
              - { name: band, type: category }
          label: { column: label }
          groups: { row: [band] }
          identity: [gender, { lexicon: ./shops.yaml, name: shop-terms }]
        learners:
          - logistic-regression: { hashBits: 12, numberOfIterations: { int: [5, 30] } }
        mitigation:
          pre: [{ term-swap: { group: gender-terms } }]
        objective:
          maximize: accuracy
          constraints:
            - { metric: counterfactual-flip-rate, group: gender-terms, atMost: 0.02 }
        evaluation:
          bootstrapSamples: 20
          minimumGroupSize: 5
          metrics: [roc-auc, bias-auc, counterfactual-token-fairness-gap, expected-calibration-error-difference]
        budget: { trials: 6 }
        """;

    private const string Shops = """
        groups: { one: [Aldo], two: [Bepo] }
        """;

    // Texts with "she" are mostly positive and those with "he" negative, besides words that tell the label.
    private static string Texts
    {
        get
        {
            var random = new SeedTree(4).CreateRandom();
            var rows = Enumerable.Range(0, 800).Select(i =>
            {
                var label = random.Next(2);
                var subject = random.Next(3) == 0 ? "it" : (random.Next(10) < 8) == (label == 1) ? "she" : "he";
                var word = random.Next(4) == 0 ? "fine" : label == 1 ? "lovely" : "dull";
                var shop = i % 4 == 0 ? "Aldo" : i % 4 == 1 ? "Aldo and Bepo" : "town";
                return $"{subject} says {word} in {shop},{label},{(i % 2 == 0 ? "young" : "old")}\n";
            });
            return "text,label,band\n" + string.Concat(rows);
        }
    }

    [TestMethod]
    public async Task Run_TermSwapInTheSpace_LowersTheFlipRate()
    {
        using var folder = new TemporaryFolder();
        var plan = Load(folder, Own);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        var record = library.Create(plan.Experiment.Name, plan.Define(data.Facts), null, DateTimeOffset.UnixEpoch);
        var leaderboard = await new ExperimentRunner(plan, data, IRunListener.None)
            .RunAsync(library, record, CancellationToken.None);

        var flips = leaderboard.Trials.ToLookup(
            t => t.Params["pre"].AsString, t => t.Fairness["counterfactual-flip-rate(gender-terms)"].Value);
        Assert.IsTrue(flips["none"].Any() && flips["term-swap"].Any(), "both were tried");
        Assert.IsLessThan(flips["none"].Min(), flips["term-swap"].Max());
    }

    [TestMethod]
    public void Evaluate_OverlappingGroups_CountARowInEachOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        var (figures, data) = Evaluate(Load(folder, Own));

        var shops = figures.Groups["shop-terms"];
        var texts = data.Split.Validation.Text!.Values.ToArray();
        Assert.AreEqual(texts.Count(text => text!.Contains("Aldo", StringComparison.Ordinal)), shops["one"].Count);
        Assert.AreEqual(texts.Count(text => text!.Contains("Bepo", StringComparison.Ordinal)), shops["two"].Count);
        CollectionAssert.AreEqual(new[] { "one", "two" }, shops.Keys.ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "accuracy", "roc-auc", "subgroup-auc", "bpsn-auc", "bnsp-auc", "expected-calibration-error" },
            shops["one"].Values.Keys.ToArray());
        foreach (var name in new[]
        {
            "bias-auc(gender-terms)", "bias-auc(shop-terms)", "bias-auc(band)",
            "counterfactual-flip-rate(gender-terms)", "counterfactual-token-fairness-gap(gender-terms)",
            "accuracy-difference(gender-terms)",
            "expected-calibration-error-difference(band)",
        })
        {
            Assert.IsTrue(figures.Fairness.ContainsKey(name), name);
        }

        // No other attribute has terms that can be swapped: shops are found only.
        Assert.IsFalse(figures.Fairness.ContainsKey("counterfactual-token-fairness-gap(band)"));
        Assert.AreEqual(double.NaN, figures.Fairness["counterfactual-token-fairness-gap(shop-terms)"].Value);
        var gap = figures.Fairness["counterfactual-token-fairness-gap(gender-terms)"];
        Assert.IsTrue(gap.Low > 0 && gap.Low <= gap.Value && gap.Value <= gap.High, $"{gap}");
        Assert.AreEqual(figures.ToMeasures().Count, figures.Metrics.Count + figures.Fairness.Count);
        Assert.AreEqual(
            figures.Groups["gender-terms"]["male"].Values["bpsn-auc"],
            EvaluationJson.Read(EvaluationJson.Write(figures)).Groups["gender-terms"]["male"].Values["bpsn-auc"]);
    }

    // Every text has the same words but for the terms, so the model cannot know any.
    [TestMethod]
    public void Evaluate_ModelThatIgnoresTheTerms_NeverFlips()
    {
        using var folder = new TemporaryFolder();
        var plan = Load(folder, Own);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        var untermed = new TextColumn("text", data.Split.Train.Text!.Values.ToArray()
            .Select(text => text!
                .Replace("she", "it", StringComparison.Ordinal)
                .Replace("he", "it", StringComparison.Ordinal))
            .ToArray(), ColumnRoles.Text);
        var train = data.Split.Train.WithRows(data.Split.Train.Rows.With(untermed));
        var model = new LogisticRegressionLearner(new LogisticRegressionOptions())
            .Fit(train, new FitContext { Seeds = new SeedTree(1) });
        var figures = new Evaluator(plan.Evaluation).Evaluate(model, data.Split.Validation, [], CancellationToken.None).Figures;

        Assert.AreEqual(0, figures.Fairness["counterfactual-flip-rate(gender-terms)"].Value);
        Assert.AreEqual(0, figures.Fairness["counterfactual-token-fairness-gap(gender-terms)"].Value, 1e-12);
    }

    [TestMethod]
    public void Evaluate_NothingAsksForSwaps_PredictsOnce()
    {
        using var folder = new TemporaryFolder();
        var text = Own
            .Replace(
                "metric: counterfactual-flip-rate, group: gender-terms, atMost: 0.02",
                "metric: bias-auc, group: gender-terms, atLeast: 0.6",
                StringComparison.Ordinal)
            .Replace("counterfactual-token-fairness-gap, ", "", StringComparison.Ordinal);
        var (figures, _) = Evaluate(Load(folder, text));
        Assert.IsTrue(figures.Fairness.Keys.All(name => !name.StartsWith("counterfactual", StringComparison.Ordinal)));
        Assert.IsTrue(figures.Fairness.ContainsKey("bias-auc(gender-terms)"));
    }

    [TestMethod]
    [DataRow("identity: [gender,", "identity: [gendre,", "(12,14): There is no lexicon 'gendre'. Did you mean 'gender'?")]
    [DataRow("identity: [gender,", "identity: [{ lexicon: gender, language: fr },", "has no language 'fr'. Valid: en, zh.")]
    [DataRow("identity: [gender,", "identity: [gender, gender,", "group 'gender-terms' is there twice; give it another name")]
    [DataRow("identity: [gender,", "identity: [{ lexicon: gender, nam: x },", "unknown key 'nam'")]
    [DataRow("name: shop-terms", "language: en", "a lexicon of your own is in one language: leave out the key")]
    [DataRow("group: gender-terms, atMost", "group: band, atMost", "'counterfactual-flip-rate' swaps identity terms in texts and needs an attribute of data.identity: gender-terms, shop-terms")]
    [DataRow("group: gender-terms, atMost", "group: gender-term, atMost", "Did you mean 'gender-terms'?")]
    [DataRow("term-swap: { group: gender-terms }", "term-swap: { group: band }", "group of 'term-swap': 'band' is no attribute of identity terms; declared: gender-terms, shop-terms")]
    [DataRow("term-swap: { group: gender-terms }", "term-swap", "'term-swap' needs group")]
    [DataRow("term-swap: { group: gender-terms }", "synonym-augmentation", "'synonym-augmentation' needs table: the path of a file")]
    [DataRow("term-swap: { group: gender-terms }", "synonym-augmentation: { table: none.csv }", "none.csv does not exist")]
    [DataRow("task: text-classification", "task: rating-prediction", "identity terms are looked for in the texts of a classification")]
    public void Load_Mistake_IsNamed(string sound, string mistaken, string message)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.ThrowsExactly<InputException>(
            () => Load(folder, Own.Replace(sound, mistaken, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message);
    }

    [TestMethod]
    public void Load_LexiconWithAMistake_NamesItsLineAndColumn()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.ThrowsExactly<InputException>(
            () => Load(folder, Own, shops: "groups: { one: [Aldo], two: [aldo] }"));
        Assert.Contains("shops.yaml(1,30): groups.two.0: term 'aldo' belongs to 'one' already", error.Message);
    }

    [TestMethod]
    public void CheckSame_LexiconHasChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var before = ExperimentData.Load(Load(folder, Own), null, IRunListener.None, CancellationToken.None).Facts;
        var after = Load(folder, Own, shops: "groups: { one: [Aldo], two: [Carlo] }");
        Assert.Contains("data has changed", Assert.ThrowsExactly<InputException>(() => ExperimentData
            .Load(after, null, IRunListener.None, CancellationToken.None).CheckSame(before)).Message);
    }

    [TestMethod]
    public void Load_SynonymTable_IsFoundBesideTheExperiment()
    {
        using var folder = new TemporaryFolder();
        folder.Write("synonyms.csv", "term,synonym\nlovely,charming\n");
        var plan = Load(folder, Own.Replace(
            "term-swap: { group: gender-terms }",
            "synonym-augmentation: { table: synonyms.csv, probability: 1 }",
            StringComparison.Ordinal));
        var (figures, _) = Evaluate(plan, "synonym-augmentation");
        Assert.IsGreaterThan(0.7, figures.Metrics["accuracy"].Value);
    }

    private static ExperimentPlan Load(TemporaryFolder folder, string text, string shops = Shops)
    {
        folder.Write("texts.csv", Texts);
        folder.Write("shops.yaml", shops);
        return ExperimentPlan.Load(folder.Write("own.yaml", text), Registries.Full, [], null);
    }

    private static (EvaluationFigures Figures, ExperimentData Data) Evaluate(ExperimentPlan plan, string pre = "none")
    {
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        var point = new ParameterSet(
        [
            KeyValuePair.Create("logistic-regression.numberOfIterations", new ParameterValue(20L)),
            KeyValuePair.Create("pre", new ParameterValue(pre)),
        ]);
        var model = plan.Learners.CreateLearner(point).Fit(data.Split.Train, new FitContext { Seeds = new SeedTree(1) });
        return (new Evaluator(plan.Evaluation).Evaluate(model, data.Split.Validation, [], CancellationToken.None).Figures, data);
    }
}
