using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Popularity;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Learning;

/// <summary>What every re-ranker must do. Each registered one is tried; a test project derives one class from
/// this.</summary>
/// <typeparam name="TCases">What some of them need.</typeparam>
public abstract class RerankerConformance<TCases>
    where TCases : IRerankerCases
{
    private const int Users = 24;
    private const int Items = RerankerCase.Items;

    private static readonly SeedTree Seeds = new(20_260_102);
    private static readonly int[] Everyone = [.. Enumerable.Range(0, Users)];

    private static readonly Dataset Train = LearningSamples.WithGroups(
        LearningSamples.Ratings(Users, Items, 300, Seeds.Fork("ratings")));

    private static readonly string[] Registered =
        [.. TestRegistry.Shared.All<MitigationDescriptor>().OfType<RerankingDescriptor>().Select(entry => entry.Name)];

    private static readonly Dictionary<string, RerankerCase> ByName = Registered
        .SelectMany(reranker => TCases.Special
            .Where(special => special.Reranker == reranker).DefaultIfEmpty(new RerankerCase(reranker)))
        .ToDictionary(reranker => reranker.Name);

    /// <summary>Names of the cases.</summary>
    public static IEnumerable<object[]> Names => ByName.Keys.Select(name => new object[] { name });

    private static FitContext Context => new() { Seeds = Seeds.Fork("fit") };

    private static Learner Factors => new MatrixFactorizationLearner(
        new MatrixFactorizationOptions { ApproximationRank = 8, NumberOfIterations = 5 });

    private static Learner Popularity => new PopularityLearner(new PopularityOptions());

    [TestMethod]
    public void Cases_OfRerankers_AreOfThoseRegistered() => CollectionAssert.IsSubsetOf(
        TCases.Special.Select(special => special.Reranker).Distinct().ToArray(), Registered);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Catalogue_Entry_IsAPostMitigationOfLists(string name)
    {
        var tested = ByName[name];
        var entry = TestRegistry.Shared.Get<MitigationDescriptor>(tested.Reranker);
        Assert.AreEqual(MitigationStage.Post, entry.Stage);
        CollectionAssert.AreEqual(new[] { TaskKind.TopN }, entry.Tasks.ToArray());
        Assert.AreEqual(tested.Reranker, tested.Create(tested.Options).Name);
        entry.CreateDefaultOptions().Validate();
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_StrengthZero_ChangesNothing(string name)
    {
        var tested = ByName[name];
        Properties.Check(Gen.Choose(0, 1_000_000), seed =>
        {
            var data = LearningSamples.WithGroups(LearningSamples.Ratings(
                Users, Items, 50 + (seed % 400), Seeds.Fork($"sample/{seed}")));
            var learner = seed % 2 == 0 ? Popularity : Factors;
            var k = 1 + (seed % (Items + 10));
            AssertEqual(
                TopN.Recommend((RecommenderModel)learner.Fit(data, Context), Everyone, k, data),
                TopN.Recommend(Fit(tested, learner, data, tested.Neutral), Everyone, k, data));
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_Options_ChangeLists(string name)
    {
        var tested = ByName[name];
        var plain = TopN.Recommend((RecommenderModel)Factors.Fit(Train, Context), Everyone, 10, Train);
        var lists = TopN.Recommend(Fit(tested, Factors, Train), Everyone, 10, Train);
        Assert.IsTrue(plain.Zip(lists).Any(pair => !pair.First.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_AnyLength_HoldsDistinctUnseenItems(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train);
        foreach (var k in (int[])[1, 2, 7, 10, Items, Items + 5, int.MaxValue])
        {
            AssertValid(TopN.Recommend(model, Everyone, k, Train), k, Train);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_RandomAllowedOptions_HoldsDistinctUnseenItems(string name)
    {
        var tested = ByName[name];
        Properties.Check(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var options = RandomOptions.Draw(tested.Options, tested.Most, random);
            var k = 1 + random.Next(Items);
            AssertValid(TopN.Recommend(Fit(tested, Popularity, Train, options), Everyone, k, Train), k, Train);
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_AnyNumberOfThreads_GivesTheSameLists(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train);
        AssertEqual(
            TopN.Recommend(model, Everyone, 10, Train, threads: 1),
            TopN.Recommend(model, Everyone, 10, Train, threads: 4));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_OneUserAtATime_GivesTheListsOfTheBatch(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train);
        var batch = TopN.Recommend(model, Everyone, 10, Train);
        if (tested.DecidesForEachUserAlone)
        {
            AssertEqual(batch, [.. Everyone.Select(user => TopN.Recommend(model, [user], 10, Train)[0])]);
        }
        else
        {
            AssertEqual(batch, TopN.Recommend(model, Everyone, 10, Train));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_PermutedItems_PermutesLists(string name)
    {
        var tested = ByName[name];
        // Labels without ties, so that no two items have the same score.
        var random = Seeds.Fork("labels").CreateRandom();
        var labels = Enumerable.Range(0, Train.RowCount).Select(_ => 1 + (4 * random.NextDouble())).ToArray();
        var items = random.NextPermutation(Items);
        var names = Train.ItemColumn!.Vocabulary;
        var data = Relabelled(names, code => code);
        var permuted = Relabelled(
            new Vocabulary(items.Select(item => names[item])), code => Array.IndexOf(items, code));
        var bias = new BiasLearner(new BiasOptions());
        var expected = TopN.Recommend(Fit(tested, bias, data), Everyone, 10, data);
        var lists = TopN.Recommend(Fit(tested, bias, permuted), Everyone, 10, permuted);
        AssertEqual(expected, Array.ConvertAll(lists, list => Array.ConvertAll(list, item => items[item])));

        Dataset Relabelled(Vocabulary vocabulary, Func<int, int> code) => LearningSamples.WithGroups(
            LearningSamples.Ratings(
                Train.UserColumn!.Vocabulary,
                vocabulary,
                Train.UserColumn.Codes.ToArray(),
                [.. Train.ItemColumn!.Codes.ToArray().Select(code)],
                labels));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Load_AfterSave_GivesTheSameLists(string name)
    {
        var tested = ByName[name];
        foreach (var learner in (Learner[])[Popularity, Factors])
        {
            var model = Fit(tested, learner, Train);
            var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
            try
            {
                ModelFile.Save(model, path);
                var loaded = (RecommenderModel)ModelFile.Load(path, TestRegistry.Shared);
                Assert.AreEqual(model.LearnerName, loaded.LearnerName);
                int[] users = [.. Everyone, Vocabulary.Missing];
                AssertEqual(
                    TopN.Recommend(model, users, 10, Train), TopN.Recommend(loaded, users, 10, Train));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_Twice_GivesTheSameLists(string name)
    {
        var tested = ByName[name];
        AssertEqual(
            TopN.Recommend(Fit(tested, Factors, Train), Everyone, 10, Train),
            TopN.Recommend(Fit(tested, Factors, Train), Everyone, 10, Train));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void FitAndRecommend_Cancelled_Throw(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => TopN.Recommend(model, Everyone, 10, Train, 1, new CancellationToken(true)));
        Assert.ThrowsExactly<OperationCanceledException>(() => tested.Create(tested.Options).Fit(
            Factors, Train, Context with { CancellationToken = new CancellationToken(true) }));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_OneGroupOrNone_HoldsDistinctUnseenItems(string name)
    {
        var tested = ByName[name];
        foreach (var group in (string?[])["all", null])
        {
            var data = Train.WithGroups(Train.Groups.Select(attribute => attribute with
            {
                Column = CategoricalColumn.FromValues(
                    attribute.Name, Enumerable.Repeat(group, attribute.Column.Length)),
            }));
            AssertValid(TopN.Recommend(Fit(tested, Factors, data), Everyone, 10, data), 10, data);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_EqualScores_HoldsDistinctUnseenItems(string name)
    {
        var tested = ByName[name];
        var (users, items) = (LearningSamples.Names("u", Users), LearningSamples.Names("i", Items));
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(
            users, items, [.. Enumerable.Range(0, Items).Select(i => i % Users)], [.. Enumerable.Range(0, Items)],
            [.. Enumerable.Repeat(3.0, Items)]));
        AssertValid(TopN.Recommend(Fit(tested, Popularity, data), Everyone, 10, data), 10, data);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_UsersWithoutTrainingRowsOrAgain_HaveLists(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train.Select([0, 1, 2, 3, 4, 5, 6, 7]));
        int[] users = [Vocabulary.Missing, 23, 0, 0, Vocabulary.Missing];
        foreach (var list in TopN.Recommend(model, users, 10, seen: null))
        {
            Assert.HasCount(10, list.Distinct().ToArray());
        }

        Assert.IsEmpty(TopN.Recommend(model, [], 10, Train));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Recommend_EverythingSeen_GivesAnEmptyList(string name)
    {
        var tested = ByName[name];
        var model = Fit(tested, Factors, Train);
        var all = LearningSamples.Ratings(
            Train.UserColumn!.Vocabulary,
            Train.ItemColumn!.Vocabulary,
            [.. Enumerable.Repeat(3, Items)],
            [.. Enumerable.Range(0, Items)],
            new double[Items]);
        var lists = TopN.Recommend(model, [2, 3], 10, all);
        Assert.HasCount(10, lists[0]);
        Assert.IsEmpty(lists[1]);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_GroupsMissingOrOfAnotherSide_SaysSo(string name)
    {
        var tested = ByName[name];
        var swapped = Train.WithGroups(Train.Groups.Select(group => group with
        {
            Name = group.Name == "genre" ? "gender" : "genre",
        }));
        foreach (var data in (Dataset[])[Train.WithGroups([]), swapped])
        {
            var message = Assert.ThrowsExactly<InputException>(() => Fit(tested, Popularity, data)).Message;
            Assert.Contains($"'{tested.Reranker}' needs", message);
        }
    }

    private static void AssertValid(int[][] lists, int k, Dataset seen)
    {
        for (var user = 0; user < lists.Length; user++)
        {
            var own = Enumerable.Range(0, seen.RowCount)
                .Where(row => seen.UserColumn!.Codes[row] == user)
                .Select(row => seen.ItemColumn!.Codes[row])
                .ToHashSet();
            Assert.HasCount(Math.Min(k, Items - own.Count), lists[user]);
            Assert.HasCount(lists[user].Length, lists[user].Distinct().ToArray());
            Assert.IsFalse(lists[user].Any(own.Contains), "A seen item was recommended.");
        }
    }

    private static void AssertEqual(int[][] expected, int[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var user = 0; user < expected.Length; user++)
        {
            CollectionAssert.AreEqual(expected[user], actual[user]);
        }
    }

    private static RecommenderModel Fit(
        RerankerCase tested, Learner learner, Dataset data, MitigationOptions? options = null) =>
        (RecommenderModel)tested.Create(options ?? tested.Options).Fit(learner, data, Context);
}
