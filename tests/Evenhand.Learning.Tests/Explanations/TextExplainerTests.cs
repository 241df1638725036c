using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Explanations;

[TestClass]
public sealed class TextExplainerTests
{
    private static readonly Vocabulary Tones = new(["bad", "fair", "good"]);

    private static readonly LinearWordsModel Binary = new(LabelClasses.Binary, [0.25], new()
    {
        ["good"] = [2],
        ["not good"] = [-3],
        ["poor"] = [-1.5],
        ["</s>"] = [0.125],
    });

    private static readonly LinearWordsModel Several = new(new LabelClasses(LabelKind.Multiclass, Tones), [0, 1, 0], new()
    {
        ["good"] = [-1, 0, 2],
        ["poor"] = [3, 0.5, -1],
    });

    [TestMethod]
    public void Explain_Shap_IsWorkedByHand()
    {
        var explanation = new TextExplainer(Binary).Explain("not good, poor");

        // "good," is no word of this model, so neither is the pair; "poor" is.
        Assert.AreEqual(ExplanationMethod.Shap, explanation.Method);
        AssertValues(explanation, ("not", 0), ("good", 0), (",", 0), ("poor", -1.5));
        explanation = new TextExplainer(Binary).Explain("not good poor");
        AssertValues(explanation, ("not", -1.5), ("good", 2 - 1.5), ("poor", -1.5));
        Assert.AreEqual(0.25, explanation.BaseValue, 1e-12);
        Assert.AreEqual(-2.125, explanation.Prediction, 1e-12);
        Assert.AreEqual(1 / (1 + Math.Exp(2.125)), explanation.Probability, 1e-12);
        Assert.AreEqual(ExplainedQuantity.Score, explanation.Quantity);
        Assert.IsNull(explanation.Quality);

        // The mark at the end of each text is of no token.
        Assert.AreEqual(0.125, explanation.Remainder, 1e-12);
    }

    [TestMethod]
    public void Explain_ShapOfTheOtherClass_IsTheNegative()
    {
        var explanation = new TextExplainer(Binary, new TextExplanationOptions { Class = "0" }).Explain("not good poor");
        AssertValues(explanation, ("not", 1.5), ("good", -0.5), ("poor", 1.5));
        Assert.AreEqual(2.125, explanation.Prediction, 1e-12);
        Assert.AreEqual(1 / (1 + Math.Exp(-2.125)), explanation.Probability, 1e-12);
    }

    [TestMethod]
    public void Explain_ShapOfAModelWithMeans_SharesOutTheDifferenceFromThem()
    {
        // Training texts "good" and "poor": the text lacks "poor", which is the remainder's 1.5 / 2; "good" twice is 2
        // - 1 / 2 times its weight.
        var model = new LinearWordsModel(
            LabelClasses.Binary,
            [0.25],
            new() { ["good"] = [2], ["poor"] = [-1.5] },
            new() { ["good"] = 0.5, ["poor"] = 0.5 });
        var explanation = new TextExplainer(model).Explain("good good blue");
        AssertValues(explanation, ("good", 1.5), ("good", 1.5), ("blue", 0));
        Assert.AreEqual(0.25 + 1 - 0.75, explanation.BaseValue, 1e-12);
        Assert.AreEqual(4.25, explanation.Prediction, 1e-12);
        Assert.AreEqual(0.75, explanation.Remainder, 1e-12);
    }

    [TestMethod]
    public void Explain_ShapOfLogisticRegression_SumsToTheLogOddsOfThePrediction()
    {
        var data = LearningSamples.Texts(400, new SeedTree(2));
        var options = new LogisticRegressionOptions { HashBits = 12, WordNgrams = 2, LongestCharacterNgram = 3 };
        var model = new LogisticRegressionLearner(options).Fit(data, new FitContext { Seeds = new SeedTree(0) });
        var explainer = new TextExplainer(model);
        Assert.AreEqual(ExplanationMethod.Shap, explainer.Method);
        foreach (var text in new[] { "a LOVELY dress, so soft; cheap!", "连衣裙 größe", "perfect", "" })
        {
            var explanation = explainer.Explain(text);
            var contributions = ((IAdditiveTextModel)model).Contributions(text);
            Assert.AreEqual(Math.Log(explanation.Probability / (1 - explanation.Probability)), explanation.Prediction, 1e-9);
            Assert.AreEqual(contributions.Absent[0], explanation.Remainder, 1e-9);
        }
    }

    [TestMethod]
    public void Explain_SeveralClasses_ExplainsThePredictedOrTheNamed()
    {
        var predicted = new TextExplainer(Several).Explain("poor good");
        Assert.AreEqual("bad", predicted.Class);
        AssertValues(predicted, ("poor", 3), ("good", -1));
        var named = new TextExplainer(Several, new TextExplanationOptions { Class = "good" }).Explain("poor good");
        AssertValues(named, ("poor", -1), ("good", 2));
        Assert.AreEqual(Math.E / (Math.Exp(2) + Math.Exp(1.5) + Math.E), named.Probability, 1e-12);
        var lime = new TextExplainer(
            Several, new TextExplanationOptions { Class = "good", Method = ExplanationMethod.Lime }).Explain("poor good");
        Assert.IsLessThan(0, lime.Tokens[0].Value);
        Assert.IsGreaterThan(0, lime.Tokens[1].Value);
        Assert.AreEqual(named.Probability, lime.Prediction);
    }

    [TestMethod]
    public void Explain_AnyNumberOfLabels_ExplainsTheMostProbable()
    {
        var model = new LinearWordsModel(new LabelClasses(LabelKind.MultiLabel, Tones), [0, 0, 0], new()
        {
            ["poor"] = [3, 0.5, -1],
        });
        var explanation = new TextExplainer(model).Explain("poor");
        Assert.AreEqual("bad", explanation.Class);
        Assert.AreEqual(LabelClasses.Sigmoid(3), explanation.Probability, 1e-12);
    }

    [TestMethod]
    public void Explain_UnknownClass_NamesTheNearest() => Assert.Contains(
        "Did you mean 'good'?",
        Assert.ThrowsExactly<InputException>(
            () => new TextExplainer(Several, new TextExplanationOptions { Class = "god" }).Explain("poor")).Message);

    [TestMethod]
    public void Explain_Occlusion_IsWhatEachTokenTakesAway()
    {
        var model = new SumOfWordsModel(0.5, new() { ["good"] = 0.3, ["poor"] = -0.2 });
        var explanation = new TextExplainer(model, new TextExplanationOptions { Method = ExplanationMethod.Occlusion })
            .Explain("good poor thing");
        AssertValues(explanation, ("good", 0.3), ("poor", -0.2), ("thing", 0));
        Assert.AreEqual(0.5, explanation.BaseValue, 1e-12);
        Assert.AreEqual(0, explanation.Remainder, 1e-12);
    }

    [TestMethod]
    public void Explain_IntegratedGradients_SumsPiecesToWords()
    {
        var explanation = new TextExplainer(new LettersModel()).Explain("abc de");
        Assert.AreEqual(ExplanationMethod.IntegratedGradients, explanation.Method);
        AssertValues(explanation, ("abc", 7.5), ("de", 5));
        Assert.AreEqual(12.5, explanation.Prediction, 1e-12);
        Assert.AreEqual("completeness gap", explanation.Quality!.Name);
        Assert.AreEqual(0, explanation.Quality.Value, 1e-12);
    }

    [TestMethod]
    public void Attention_OfATransformer_IsByLayerHeadAndPiece()
    {
        var attention = new TextExplainer(new LettersModel()).Attention("abc");
        CollectionAssert.AreEqual(new[] { 0.5f, 0.5f }, attention.Weights(0, 0, 1).ToArray());
        CollectionAssert.AreEqual(new[] { 0.25f, 0.75f }, attention.Weights(0, 1, 1).ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => attention.Weights(1, 0, 0).ToArray());
    }

    [TestMethod]
    public void Attention_OfAModelWithout_NamesALearnerThatHasIt() => Assert.Contains(
        "'transformer'",
        Assert.ThrowsExactly<InputException>(() => new TextExplainer(Binary).Attention("abc")).Message);

    [TestMethod]
    [DataRow(ExplanationMethod.Lime)]
    [DataRow(ExplanationMethod.Occlusion)]
    [DataRow(ExplanationMethod.Shap)]
    public void Explain_NothingToRead_IsTheBaseValue(ExplanationMethod method)
    {
        var explainer = new TextExplainer(Binary, new TextExplanationOptions { Method = method });
        foreach (var text in new[] { null, "", " \t\n" })
        {
            var explanation = explainer.Explain(text);
            Assert.AreEqual(text ?? "", explanation.Text);
            Assert.IsEmpty(explanation.Tokens);
            Assert.AreEqual(explanation.Prediction, explanation.BaseValue + explanation.Remainder, 1e-12);
            Assert.AreEqual(method == ExplanationMethod.Shap ? 0.125 : 0, explanation.Remainder, 1e-12);
        }
    }

    [TestMethod]
    [DataRow(ExplanationMethod.Lime)]
    [DataRow(ExplanationMethod.Occlusion)]
    [DataRow(ExplanationMethod.Shap)]
    public void Explain_OneToken_GetsAllThatIsNotTheBase(ExplanationMethod method)
    {
        var explanation = new TextExplainer(Binary, new TextExplanationOptions { Method = method, L2Regularization = 1e-6 })
            .Explain("good");
        Assert.AreEqual("good", explanation.Tokens.Single().Token);
        Assert.AreEqual(
            explanation.Prediction - explanation.BaseValue - (method == ExplanationMethod.Shap ? 0.125 : 0),
            explanation.Tokens[0].Value,
            1e-5);
        Assert.IsGreaterThan(0.1, explanation.Tokens[0].Value);
    }

    [TestMethod]
    public void Create_MethodThatTheModelHasNot_SaysWhatItIs()
    {
        var model = new SumOfWordsModel(0.5, []);
        Assert.AreEqual(ExplanationMethod.Lime, new TextExplainer(model).Method);
        foreach (var (method, kind) in new[]
            { (ExplanationMethod.Shap, "linear"), (ExplanationMethod.IntegratedGradients, "neural") })
        {
            var problem = Assert.ThrowsExactly<InputException>(
                () => new TextExplainer(model, new TextExplanationOptions { Method = method }));
            Assert.Contains($"'sum-of-words' is no {kind} text model", problem.Message);
        }

        Assert.ThrowsExactly<InputException>(
            () => new TextExplainer(model, new TextExplanationOptions { NumberOfSamples = 0 }));
    }

    [TestMethod]
    public void Influences_OfGroups_SumToTheDifferenceOfTheirMeanScores()
    {
        string?[] texts = ["good poor", "Good", null, "not good", "poor poor", "good"];
        var data = LearningSamples.Texts(texts, [1, 1, 0, 0, 0, 1]).WithGroups(
        [
            new GroupAttribute("gender", GroupSide.Row, CategoricalColumn.FromValues("gender", ["f", "m", "f", "f", "m", null])),
        ]);
        var reports = new List<WorkProgress>();
        var influences = TokenInfluences.Of(new TextExplainer(Binary), data, data.Groups[0], reports.Add);

        CollectionAssert.AreEqual(
            new[] { "good", "poor", "not" }, influences.Tokens.Select(t => t.Token).ToArray());
        var good = influences.Tokens[0];
        Assert.AreEqual(4, good.Texts);
        Assert.AreEqual((2 + 0 + 0.5 + 2) / 4, good.Mean, 1e-12);
        Assert.AreEqual((2 + 0.5) / 3, good.Groups["f"], 1e-12);
        Assert.AreEqual(3, influences.Groups["f"]);
        Assert.AreEqual(2, influences.Groups["m"]);
        var scores = Array.ConvertAll(texts, text => Binary.Score(text ?? "", 0));
        Assert.AreEqual(
            ((scores[0] + scores[2] + scores[3]) / 3) - ((scores[1] + scores[4]) / 2),
            influences.Tokens.Sum(t => t.Groups["f"] - t.Groups["m"]),
            1e-12);
        Assert.AreEqual(new WorkProgress(6, 6, "texts"), reports[^1]);
    }

    [TestMethod]
    public void Influences_OfDifferentClasses_AreRefused() => Assert.Contains(
        "name the class",
        Assert.ThrowsExactly<InputException>(() => TokenInfluences.Of(
            new TextExplainer(Several), LearningSamples.Texts(["poor", "good"], [0, 1]))).Message);

    private static void AssertValues(TextExplanation explanation, params (string Token, double Value)[] expected)
    {
        CollectionAssert.AreEqual(
            expected.Select(e => e.Token).ToArray(), explanation.Tokens.Select(t => t.Token).ToArray());
        foreach (var (token, (_, value)) in explanation.Tokens.Zip(expected))
        {
            Assert.AreEqual(value, token.Value, 1e-12, token.Token);
        }
    }
}
