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

/// <summary>What every re-ranker must do. A re-ranker's test class derives from this and names its options.</summary>
public abstract class RerankerConformance
{
    private const int Users = 24;
    private const int Items = 40;

    private static readonly SeedTree Seeds = new(20_260_102);
    private static readonly int[] Everyone = [.. Enumerable.Range(0, Users)];

    private static readonly Dataset Train = LearningSamples.WithGroups(
        LearningSamples.Ratings(Users, Items, 300, Seeds.Fork("ratings")));

    /// <summary>Name of the mitigation in the catalogue.</summary>
    protected abstract string Name { get; }

    /// <summary>Options under which the lists of the sample change: <see cref="LearningSamples.WithGroups"/> has users
    /// of a <c>gender</c> and items of a <c>genre</c>.</summary>
    protected abstract MitigationOptions Options { get; }

    /// <summary>The same at a strength of 0.</summary>
    protected abstract MitigationOptions Neutral { get; }

    /// <summary>Whether each list depends on its user alone.</summary>
    protected virtual bool DecidesForEachUserAlone => true;

    /// <summary>Upper limits, by property, that keep random options affordable.</summary>
    protected virtual IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(RerankingOptions.CandidateCount)] = 2 * Items,
    };

    private static FitContext Context => new() { Seeds = Seeds.Fork("fit") };

    private static Learner Factors => new MatrixFactorizationLearner(
        new MatrixFactorizationOptions { ApproximationRank = 8, NumberOfIterations = 5 });

    private static Learner Popularity => new PopularityLearner(new PopularityOptions());

    [TestMethod]
    public void Catalogue_Entry_IsAPostMitigationOfLists()
    {
        var entry = TestRegistry.Shared.Get<MitigationDescriptor>(Name);
        Assert.AreEqual(MitigationStage.Post, entry.Stage);
        CollectionAssert.AreEqual(new[] { TaskKind.TopN }, entry.Tasks.ToArray());
        Assert.AreEqual(Name, entry.Create(Options).Name);
        entry.CreateDefaultOptions().Validate();
    }

    [TestMethod]
    public void Recommend_StrengthZero_ChangesNothing() => Properties.Check(
        Gen.Choose(0, 1_000_000),
        seed =>
        {
            var data = LearningSamples.WithGroups(LearningSamples.Ratings(
                Users, Items, 50 + (seed % 400), Seeds.Fork($"sample/{seed}")));
            var learner = seed % 2 == 0 ? Popularity : Factors;
            var k = 1 + (seed % (Items + 10));
            AssertEqual(
                TopN.Recommend((RecommenderModel)learner.Fit(data, Context), Everyone, k, data),
                TopN.Recommend(Fit(Neutral, learner, data), Everyone, k, data));
        });

    [TestMethod]
    public void Recommend_Options_ChangeLists()
    {
        var plain = TopN.Recommend((RecommenderModel)Factors.Fit(Train, Context), Everyone, 10, Train);
        var lists = TopN.Recommend(Fit(Options, Factors, Train), Everyone, 10, Train);
        Assert.IsTrue(plain.Zip(lists).Any(pair => !pair.First.SequenceEqual(pair.Second)));
    }

    [TestMethod]
    public void Recommend_AnyLength_HoldsDistinctUnseenItems()
    {
        var model = Fit(Options, Factors, Train);
        foreach (var k in (int[])[1, 2, 7, 10, Items, Items + 5, int.MaxValue])
        {
            AssertValid(TopN.Recommend(model, Everyone, k, Train), k, Train);
        }
    }

    [TestMethod]
    public void Recommend_RandomAllowedOptions_HoldsDistinctUnseenItems() => Properties.Check(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var options = RandomOptions.Draw(Options, Most, random);
            var k = 1 + random.Next(Items);
            AssertValid(TopN.Recommend(Fit(options, Popularity, Train), Everyone, k, Train), k, Train);
        });

    [TestMethod]
    public void Recommend_AnyNumberOfThreads_GivesTheSameLists()
    {
        var model = Fit(Options, Factors, Train);
        AssertEqual(
            TopN.Recommend(model, Everyone, 10, Train, threads: 1),
            TopN.Recommend(model, Everyone, 10, Train, threads: 4));
    }

    [TestMethod]
    public void Recommend_OneUserAtATime_GivesTheListsOfTheBatch()
    {
        var model = Fit(Options, Factors, Train);
        var batch = TopN.Recommend(model, Everyone, 10, Train);
        if (DecidesForEachUserAlone)
        {
            AssertEqual(batch, [.. Everyone.Select(user => TopN.Recommend(model, [user], 10, Train)[0])]);
        }
        else
        {
            AssertEqual(batch, TopN.Recommend(model, Everyone, 10, Train));
        }
    }

    [TestMethod]
    public void Recommend_PermutedItems_PermutesLists()
    {
        // Labels without ties, so that no two items have the same score.
        var random = Seeds.Fork("labels").CreateRandom();
        var labels = Enumerable.Range(0, Train.RowCount).Select(_ => 1 + (4 * random.NextDouble())).ToArray();
        var items = random.NextPermutation(Items);
        var names = Train.ItemColumn!.Vocabulary;
        var data = Relabelled(names, code => code);
        var permuted = Relabelled(
            new Vocabulary(items.Select(item => names[item])), code => Array.IndexOf(items, code));
        var expected = TopN.Recommend(Fit(Options, new BiasLearner(new BiasOptions()), data), Everyone, 10, data);
        var lists = TopN.Recommend(Fit(Options, new BiasLearner(new BiasOptions()), permuted), Everyone, 10, permuted);
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
    public void Load_AfterSave_GivesTheSameLists()
    {
        foreach (var learner in (Learner[])[Popularity, Factors])
        {
            var model = Fit(Options, learner, Train);
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
    public void Fit_Twice_GivesTheSameLists() => AssertEqual(
        TopN.Recommend(Fit(Options, Factors, Train), Everyone, 10, Train),
        TopN.Recommend(Fit(Options, Factors, Train), Everyone, 10, Train));

    [TestMethod]
    public void FitAndRecommend_Cancelled_Throw()
    {
        var model = Fit(Options, Factors, Train);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => TopN.Recommend(model, Everyone, 10, Train, 1, new CancellationToken(true)));
        var mitigation = (PostMitigation)TestRegistry.Shared.Get<MitigationDescriptor>(Name).Create(Options);
        Assert.ThrowsExactly<OperationCanceledException>(() => mitigation.Fit(
            Factors, Train, Context with { CancellationToken = new CancellationToken(true) }));
    }

    [TestMethod]
    public void Recommend_OneGroupOrNone_HoldsDistinctUnseenItems()
    {
        foreach (var group in (string?[])["all", null])
        {
            var data = Train.WithGroups(Train.Groups.Select(attribute => attribute with
            {
                Column = CategoricalColumn.FromValues(
                    attribute.Name, Enumerable.Repeat(group, attribute.Column.Length)),
            }));
            AssertValid(TopN.Recommend(Fit(Options, Factors, data), Everyone, 10, data), 10, data);
        }
    }

    [TestMethod]
    public void Recommend_EqualScores_HoldsDistinctUnseenItems()
    {
        var (users, items) = (LearningSamples.Names("u", Users), LearningSamples.Names("i", Items));
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(
            users, items, [.. Enumerable.Range(0, Items).Select(i => i % Users)], [.. Enumerable.Range(0, Items)],
            [.. Enumerable.Repeat(3.0, Items)]));
        AssertValid(TopN.Recommend(Fit(Options, Popularity, data), Everyone, 10, data), 10, data);
    }

    [TestMethod]
    public void Recommend_UsersWithoutTrainingRowsOrAgain_HaveLists()
    {
        var model = Fit(Options, Factors, Train.Select([0, 1, 2, 3, 4, 5, 6, 7]));
        int[] users = [Vocabulary.Missing, 23, 0, 0, Vocabulary.Missing];
        foreach (var list in TopN.Recommend(model, users, 10, seen: null))
        {
            Assert.HasCount(10, list.Distinct().ToArray());
        }

        Assert.IsEmpty(TopN.Recommend(model, [], 10, Train));
    }

    [TestMethod]
    public void Recommend_EverythingSeen_GivesAnEmptyList()
    {
        var model = Fit(Options, Factors, Train);
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
    public void Fit_GroupsMissingOrOfAnotherSide_SaysSo()
    {
        var swapped = Train.WithGroups(Train.Groups.Select(group => group with
        {
            Name = group.Name == "genre" ? "gender" : "genre",
        }));
        foreach (var data in (Dataset[])[Train.WithGroups([]), swapped])
        {
            var message = Assert.ThrowsExactly<InputException>(() => Fit(Options, Popularity, data)).Message;
            Assert.Contains($"'{Name}' needs", message);
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

    private RecommenderModel Fit(MitigationOptions options, Learner learner, Dataset data) =>
        (RecommenderModel)((PostMitigation)TestRegistry.Shared.Get<MitigationDescriptor>(Name).Create(options)).Fit(learner, data, Context);
}
