using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Explanations;

[TestClass]
public sealed class LimeTests
{
    private const string Text = "lovely dress but the seam came apart , cheap";

    private static readonly Dictionary<string, double> Weights = new()
    {
        ["lovely"] = 0.3,
        ["dress"] = 0.05,
        ["seam"] = -0.1,
        ["apart"] = -0.15,
        ["cheap"] = -0.2,
        [","] = 0.02,
    };

    private static readonly TextExplanationOptions Lime = new() { Method = ExplanationMethod.Lime };

    [TestMethod]
    public void Explain_AdditiveModel_RecoversItsWeights()
    {
        var options = Lime with { L2Regularization = 1e-6 };
        var explanation = Explain(options);
        foreach (var token in explanation.Tokens)
        {
            Assert.AreEqual(Weights.GetValueOrDefault(token.Token), token.Value, 1e-6, token.Token);
            Assert.AreEqual(token.Token, Text[token.Start..token.End]);
        }

        Assert.AreEqual(0.5, explanation.BaseValue, 1e-6);
        Assert.AreEqual(0.42, explanation.Prediction, 1e-12);
        Assert.AreEqual("local R2", explanation.Quality!.Name);
        Assert.AreEqual(1, explanation.Quality.Value, 1e-6);
        Assert.AreEqual(0, explanation.Remainder, 1e-6);
    }

    [TestMethod]
    public void Explain_Defaults_KeepSignsAndOrder()
    {
        var explanation = Explain(Lime);
        CollectionAssert.AreEqual(
            new[] { "lovely", "cheap", "apart", "seam", "dress", "," },
            explanation.Top(6).Select(t => t.Token).ToArray());
        foreach (var token in explanation.Top(6))
        {
            Assert.AreEqual(Math.Sign(Weights[token.Token]), Math.Sign(token.Value));
        }

        Assert.IsGreaterThan(0.99, explanation.Quality!.Value);
    }

    [TestMethod]
    public void Explain_NumberOfFeatures_KeepsTheHeaviest()
    {
        var explanation = Explain(Lime with { NumberOfFeatures = 3 });
        CollectionAssert.AreEquivalent(
            new[] { "lovely", "cheap", "apart" },
            explanation.Tokens.Where(t => t.Value != 0).Select(t => t.Token).ToArray());
    }

    [TestMethod]
    public void Explain_SameSeed_GivesTheSameBits()
    {
        var options = Lime with { NumberOfSamples = 100 };
        var values = Values(options);
        CollectionAssert.AreEqual(values, Values(options));
        CollectionAssert.AreNotEqual(values, Values(options with { Seed = 1 }));

        static double[] Values(TextExplanationOptions options) => [.. Explain(options).Tokens.Select(t => t.Value)];
    }

    [TestMethod]
    public void Explain_ShortText_PredictsEachVariantOnce()
    {
        var model = new SumOfWordsModel(0.5, Weights);
        new TextExplainer(model, Lime).Explain("lovely seam");

        // Four variants, and the whole text once for its class and once for its probability.
        Assert.AreEqual(4 + 2, model.Predicted);
    }

    [TestMethod]
    public void Explain_LongText_PredictsEachSample()
    {
        var model = new SumOfWordsModel(0.5, []);
        var text = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"w{i}"));
        var reports = new List<WorkProgress>();
        var explanation = new TextExplainer(model, Lime with { NumberOfSamples = 600 }).Explain(text, reports.Add);
        Assert.AreEqual(600 + 2, model.Predicted);
        Assert.AreEqual(new WorkProgress(600, 600, "samples"), reports[^1]);

        // A constant model gives nothing to its words, and is accounted for.
        Assert.IsTrue(explanation.Tokens.All(t => Math.Abs(t.Value) < 1e-12));
        Assert.AreEqual(1, explanation.Quality!.Value);
    }

    [TestMethod]
    public void Explain_LogisticRegression_FindsTheWordThatDecides()
    {
        var model = new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 14 }).Fit(
            LearningSamples.Texts(600, new SeedTree(1)), new FitContext { Seeds = new SeedTree(0) });
        var explanation = new TextExplainer(model, Lime with { NumberOfSamples = 500 })
            .Explain("blue, tight at the seam, lovely");
        var heaviest = explanation.Top(1).Single();
        Assert.AreEqual("lovely", heaviest.Token);
        Assert.IsGreaterThan(0, heaviest.Value);
        Assert.IsGreaterThan(0.8, explanation.Quality!.Value);
    }

    [TestMethod]
    public void Explain_Cancelled_Stops() => Assert.ThrowsExactly<OperationCanceledException>(
        () => new TextExplainer(new SumOfWordsModel(0.5, Weights), Lime).Explain(
            Text, null, new CancellationToken(canceled: true)));

    private static TextExplanation Explain(TextExplanationOptions options) =>
        new TextExplainer(new SumOfWordsModel(0.5, Weights), options).Explain(Text);
}
