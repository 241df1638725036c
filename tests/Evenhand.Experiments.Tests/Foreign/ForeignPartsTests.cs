using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>Learners, models, mitigations and re-rankers of an assembly to which Evenhand's own show no
/// internals.</summary>
[TestClass]
public sealed class ForeignPartsTests
{
    private static readonly SeedTree Seeds = new(20_260_401);

    private static readonly Dataset Ratings = LearningSamples.WithGroups(
        LearningSamples.Ratings(24, 40, 300, Seeds.Fork("ratings")));

    private static FitContext Context => new() { Seeds = Seeds.Fork("fit") };

    private static Learner Means => ItemMeansLearner.Descriptor.Create(new ItemMeansOptions());

    [TestMethod]
    public void Recommend_ForeignLearner_RanksByItsScores()
    {
        var model = (RecommenderModel)Means.Fit(Ratings, Context);
        var scores = new double[model.Items.Count];
        model.Score(0, scores);
        var best = Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).ThenBy(item => item);
        CollectionAssert.AreEqual(best.Take(5).ToArray(), TopN.Recommend(model, [0], 5, seen: null)[0]);
        Assert.AreEqual(Ratings.RowCount, model.Predict(Ratings).Count);
    }

    [TestMethod]
    public void Fit_ForeignMitigationBeforeTheFit_ChangesTheRows()
    {
        var mitigated = new MitigatedLearner(Means, new KnownGroups(new GroupOptions()), null, null);
        var codes = Ratings.GroupCodes(Ratings.FindGroup("gender")!);
        var known = Ratings.Select([.. Enumerable.Range(0, codes.Length).Where(row => codes[row] >= 0)]);
        AssertSame(Means.Fit(known, Context), mitigated.Fit(Ratings, Context));
    }

    [TestMethod]
    public void Fit_ForeignMitigationOfRatings_IsKnownToForeignAndOwnLearners()
    {
        var mitigation = new FirstGroupOnly(new GroupOptions());
        Assert.IsTrue(Means.Supports(mitigation));
        var mitigated = new MitigatedLearner(Means, null, mitigation, null).Fit(Ratings, Context);
        var codes = Ratings.GroupCodes(Ratings.FindGroup("gender")!);

        // Rows of unknown group keep their weight.
        var counted = Ratings.Select([.. Enumerable.Range(0, codes.Length).Where(row => codes[row] <= 0)]);
        var expected = (RatingPredictions)Means.Fit(counted, Context).Predict(counted);
        var items = counted.ItemColumn!.Codes.ToArray();
        var found = (RatingPredictions)mitigated.Predict(counted);
        for (var row = 0; row < items.Length; row++)
        {
            Assert.AreEqual(expected.Values[row], found.Values[row], 1e-12);
        }
    }

    [TestMethod]
    public void Fit_ForeignPenalty_DrawsGroupsTogetherInOwnClassifiers()
    {
        var texts = LearningSamples.Texts(400, Seeds.Fork("texts"));
        var label = ((NumericColumn)texts.Label!).Values.ToArray();
        var gender = CategoricalColumn.FromValues(
            "gender", label.Select((y, row) => y == 1 == (row % 4 > 0) ? "f" : "m"));
        texts = texts.WithGroups([new GroupAttribute("gender", GroupSide.Row, gender)]);
        var learner = new LogisticRegressionLearner(new LogisticRegressionOptions());
        var penalty = new MeanPenalty(new GroupOptions(), 100);
        Assert.IsTrue(learner.Supports(penalty));
        Assert.IsLessThan(Gap(null) / 2, Gap(penalty));

        double Gap(InMitigation? mitigation)
        {
            var model = new MitigatedLearner(learner, null, mitigation, null).Fit(texts, Context);
            var p = ((ClassPredictions)model.Predict(texts)).Probabilities;
            var means = p.Zip(gender.Codes.ToArray())
                .GroupBy(row => row.Second).Select(group => group.Average(row => row.First));
            return means.Max() - means.Min();
        }
    }

    [TestMethod]
    public void Recommend_ForeignReranking_PutsItsGroupFirst()
    {
        var reranking = GroupFirst.Descriptor.Create(new GroupFirstOptions { ItemGroup = "genre" });
        var model = (RecommenderModel)Fit((PostMitigation)reranking);
        var genres = Ratings.FindGroup("genre")!;
        var list = TopN.Recommend(model, [0], 40, seen: null)[0];
        var last = genres.Groups.Count - 1;
        var members = genres.Column.Codes.ToArray().Count(code => code == last);
        Assert.IsTrue(list.Take(members).All(item => genres.Column.Codes[item] == last));
        Assert.IsFalse(list.Skip(members).Any(item => genres.Column.Codes[item] == last));
    }

    [TestMethod]
    public void Fit_ForeignMitigationAfterTheFit_ChangesPredictions()
    {
        var expected = ((RatingPredictions)Means.Fit(Ratings, Context).Predict(Ratings)).Values;
        var found = ((RatingPredictions)Fit(new OneMore()).Predict(Ratings)).Values;
        CollectionAssert.AreEqual(Array.ConvertAll(expected, value => value + 1), found);
    }

    [TestMethod]
    public void Load_ForeignModels_PredictAndRankAsBefore()
    {
        var reranking = (PostMitigation)GroupFirst.Descriptor.Create(new GroupFirstOptions { ItemGroup = "genre" });
        foreach (var model in new[] { Means.Fit(Ratings, Context), Fit(new OneMore()), Fit(reranking) })
        {
            var read = Reload(model);
            AssertSame(model, read);
            if (model is RecommenderModel recommender)
            {
                CollectionAssert.AreEqual(
                    TopN.Recommend(recommender, [0], 9, Ratings)[0],
                    TopN.Recommend((RecommenderModel)read, [0], 9, Ratings)[0]);
            }
        }
    }

    [TestMethod]
    public void Explain_ForeignAdditiveModel_HasItsOwnContributions()
    {
        var texts = LearningSamples.Texts(300, Seeds.Fork("texts"));
        var model = (FirstWordsModel)new FirstWordsLearner(new FirstWordsOptions()).Fit(texts, Context);
        var explanation = new TextExplainer(model, new TextExplanationOptions()).Explain("lovely seam");
        Assert.AreEqual(ExplanationMethod.Shap, explanation.Method);
        var own = model.Contributions("lovely seam").Ngrams.Select(ngram => ngram.Contribution[0]).ToArray();
        Assert.AreEqual(own[0], explanation.Tokens[0].Value, 1e-12);
        Assert.AreEqual(own[1], explanation.Tokens[1].Value, 1e-12);
    }

    private static Model Fit(PostMitigation mitigation) =>
        new MitigatedLearner(Means, null, null, mitigation).Fit(Ratings, Context);

    private static Model Reload(Model model)
    {
        var registry = TestRegistry.Shared.Copy()
            .Add(ItemMeansLearner.Descriptor).Add(OneMore.Format).Add<MitigationDescriptor>(GroupFirst.Descriptor);
        var file = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, file);
            return ModelFile.Load(file, registry);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertSame(Model expected, Model found) => CollectionAssert.AreEqual(
        ((RatingPredictions)expected.Predict(Ratings)).Values, ((RatingPredictions)found.Predict(Ratings)).Values);
}
