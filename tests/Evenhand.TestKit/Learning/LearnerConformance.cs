using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Learning;

/// <summary>What every learner must do. Each registered learner is tried; a test project derives one class from
/// this.</summary>
/// <typeparam name="TCases">Which learners there are, and what some of them need.</typeparam>
public abstract class LearnerConformance<TCases>
    where TCases : ILearnerCases
{
    private static readonly SeedTree Seeds = LearnerUnderTest.Seeds;

    private static readonly Dictionary<string, LearnerUnderTest> ByName = TCases.Learners
        .SelectMany(learner =>
            TCases.Special.Where(special => special.Learner == learner).DefaultIfEmpty(new LearnerCase(learner)))
        .ToDictionary(learner => learner.Name, learner => new LearnerUnderTest(learner, TCases.Registry));

    /// <summary>Names of the cases: each as it is tried, so that a failure says which.</summary>
    public static IEnumerable<object[]> Names => ByName.Keys.Select(name => new object[] { name });

    private static FitContext Context => LearnerUnderTest.Context;

    [TestMethod]
    public void Cases_OfLearners_AreOfThoseRegistered() => CollectionAssert.IsSubsetOf(
        TCases.Special.Select(special => special.Learner).Distinct().ToArray(), TCases.Learners.ToArray());

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Validate_DefaultOptions_AreAllowed(string name) =>
        ByName[name].Descriptor.CreateDefaultOptions().Validate();

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_Twice_GivesEqualPredictionsAndKeepsOptions(string name)
    {
        var tested = ByName[name];
        var learner = tested.Create();
        foreach (var data in tested.Samples(400))
        {
            var first = Values(learner.Fit(data, Context), data);
            var second = Values(learner.Fit(data, Context), data);
            CollectionAssert.AreEqual(first, second);
            Assert.AreEqual(tested.Options, learner.UntypedOptions);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_InParallel_GivesWhatEachFitGivesAlone(string name)
    {
        var tested = ByName[name];
        var learner = tested.Create();
        var samples = Enumerable.Range(0, 4).Select(i => tested.Sample(200 + (50 * i))).ToArray();
        var alone = Array.ConvertAll(samples, data => Values(learner.Fit(data, Context), data));
        var together = new double[samples.Length][];
        Parallel.For(0, samples.Length, i => together[i] = Values(learner.Fit(samples[i], Context), samples[i]));
        for (var i = 0; i < samples.Length; i++)
        {
            CollectionAssert.AreEqual(alone[i], together[i]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Load_AfterSave_PredictsTheSameBits(string name)
    {
        var tested = ByName[name];
        foreach (var (train, data) in tested.Samples(400).Zip(tested.Samples(300)))
        {
            var model = tested.Fit(train);
            var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
            try
            {
                ModelFile.Save(model, path);
                var loaded = ModelFile.Load(path, TCases.Registry);
                Assert.AreEqual(tested.ModelName, loaded.LearnerName);
                CollectionAssert.AreEqual(Values(model, data), Values(loaded, data));
                if (model is RecommenderModel recommender)
                {
                    CollectionAssert.AreEqual(Scores(recommender, 3), Scores((RecommenderModel)loaded, 3));
                }
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Predict_UnknownUsersItemsAndTexts_IsFinite(string name)
    {
        var tested = ByName[name];
        var data = tested.ReadsText
            ? LearningSamples.Texts(["", null, "zzz qqq", "\ud800", "!!!", new string('x', 5000)], [0, 0, 0, 0, 0, 0])
            : LearningSamples.Ratings(
                new Vocabulary(["u1", "nobody"]),
                new Vocabulary(["nothing", "i1"]),
                [0, 0, 1, 1, -1, -1, 0],
                [0, 1, 0, 1, 0, 1, -1],
                [1, 1, 1, 1, 1, 1, 1]);
        var model = tested.Fit(tested.Sample(300));
        AssertFinite(Values(model, data));
        if (model is RecommenderModel recommender)
        {
            AssertFinite(Scores(recommender, Vocabulary.Missing));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Predict_VocabularyInAnotherOrder_MatchesByValue(string name)
    {
        var tested = ByName[name];
        var data = tested.Sample(300);
        if (tested.ReadsText)
        {
            return;
        }

        var model = tested.Fit(data);
        var rows = data.Rows.Columns.Select(column => column is CategoricalColumn categorical
            ? CategoricalColumn.FromValues(
                column.Name, Enumerable.Range(0, column.Length).Select(categorical.Format), column.Roles)
            : column);
        CollectionAssert.AreEqual(Values(model, data), Values(model, new Dataset("renamed", new Table(rows))));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Predict_PermutedRows_PermutesPredictions(string name)
    {
        var tested = ByName[name];
        foreach (var data in tested.Samples(300))
        {
            var model = tested.Fit(data);
            var flat = Values(model, data);
            var values = flat.Chunk(flat.Length / data.RowCount).ToArray();
            var order = Seeds.Fork("order").CreateRandom().NextPermutation(data.RowCount);
            CollectionAssert.AreEqual(
                order.SelectMany(row => values[row]).ToArray(), Values(model, data.Select(order)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_Cancelled_ThrowsBeforeTheNextProgress(string name)
    {
        var tested = ByName[name];
        var (learner, data) = (tested.Create(), tested.Sample(5000));
        using var before = new CancellationTokenSource();
        before.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(
            () => learner.Fit(data, Context with { CancellationToken = before.Token }));

        using var amid = new CancellationTokenSource();
        var reports = 0;
        var context = Context with
        {
            CancellationToken = amid.Token,
            Progress = progress =>
            {
                if (progress.Done < progress.Total)
                {
                    reports++;
                    amid.Cancel();
                }
            },
        };
        try
        {
            learner.Fit(data, context);
            Assert.AreEqual(0, reports, "The fit went on after it was cancelled.");
        }
        catch (OperationCanceledException)
        {
            Assert.AreEqual(1, reports, "The fit went on after it was cancelled.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_Listened_ReportsAscendingStepsAndChangesNothing(string name)
    {
        var tested = ByName[name];
        var (learner, data) = (tested.Create(), tested.Sample(400));
        var alone = Values(learner.Fit(data, Context), data);
        foreach (var threads in new[] { 1, 2 })
        {
            var steps = new List<int>();
            double[] last = [], first = [];
            Model? earlier = null;
            var listened = Values(
                learner.Fit(data, Context with
                {
                    Threads = threads,
                    Listener = report =>
                    {
                        steps.Add(report.Step);
                        var model = report.Snapshot();
                        last = Values(model, data);
                        if (earlier is null)
                        {
                            (earlier, first) = (model, last);
                        }
                        else
                        {
                            (model as IDisposable)?.Dispose();
                        }

                        return true;
                    },
                }),
                data);
            Assert.AreEqual(tested.Reports, steps.Count > 0, "Its case says otherwise (Reports).");
            CollectionAssert.AreEqual(Enumerable.Range(1, steps.Count).ToArray(), steps);
            if (threads == 1)
            {
                CollectionAssert.AreEqual(alone, listened, "The listener changed the model.");
            }

            if (tested.Reports)
            {
                CollectionAssert.AreEqual(listened, last);
            }

            if (earlier is not null)
            {
                CollectionAssert.AreEqual(first, Values(earlier, data), "The fit changed the model it had reported.");
                (earlier as IDisposable)?.Dispose();
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_ListenerStops_EndsAfterThatStep(string name)
    {
        var tested = ByName[name];
        if (!tested.Reports)
        {
            return;
        }

        foreach (var threads in new[] { 1, 2 })
        {
            var reports = 0;
            var context = Context with
            {
                Threads = threads,
                Listener = report =>
                {
                    reports++;
                    return false;
                },
            };
            var pruned = Assert.ThrowsExactly<FitPrunedException>(
                () => tested.Create().Fit(tested.Sample(400), context));
            Assert.AreEqual(1, pruned.Step);
            Assert.AreEqual(1, reports, "The fit went on.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Predict_Cancelled_Throws(string name)
    {
        var tested = ByName[name];
        var data = tested.Sample(300);
        var model = tested.Fit(data);
        Assert.ThrowsExactly<OperationCanceledException>(() => model.Predict(data, new CancellationToken(true)));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_DegenerateData_PredictsFinite(string name)
    {
        var tested = ByName[name];
        foreach (var (few, test) in tested.Samples(300).Zip(tested.Samples(50)))
        {
            AssertFinite(Values(tested.Fit(few.Select([7])), test));
        }

        if (tested.ReadsText)
        {
            AssertFinite(Values(tested.Fit(LearningSamples.Texts(["a b", "b c", "c"], [1, 1, 1])), tested.Sample(50)));
            AssertFinite(Values(tested.Fit(LearningSamples.Texts(["", null], [1, 0])), tested.Sample(50)));
            return;
        }

        var (users, items) = (LearningSamples.Names("u", 5), LearningSamples.Names("i", 5));
        AssertFinite(Values(
            tested.Fit(LearningSamples.Ratings(users, items, [2, 2, 2], [0, 1, 4], [1, 5, 3])), tested.Sample(50)));
        var constant = LearningSamples.Ratings(users, items, [0, 1, 2, 2], [0, 1, 1, 3], [4, 4, 4, 4]);
        AssertFinite(Values(tested.Fit(constant), tested.Sample(50)));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_NoRows_SaysSo(string name)
    {
        var tested = ByName[name];
        foreach (var data in tested.Samples(10))
        {
            var message = Assert.ThrowsExactly<InputException>(() => tested.Fit(data.Select([]))).Message;
            Assert.Contains("Nothing to learn from", message);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_TextsOfSeveralClasses_PredictsSharesOfAWhole(string name)
    {
        var tested = ByName[name];
        if (!tested.Descriptor.Tasks.Contains(TaskKind.MulticlassTextClassification))
        {
            return;
        }

        var data = LearningSamples.Classes(600, Seeds.Fork("classes"));
        var label = (CategoricalColumn)data.Label!;
        var predictions = (MulticlassPredictions)tested.Fit(data).Predict(data);
        CollectionAssert.AreEqual(label.Vocabulary.Values.ToArray(), predictions.Classes.Values.ToArray());
        Assert.AreEqual(data.RowCount, predictions.Count);
        foreach (var row in predictions.Probabilities.Chunk(predictions.Classes.Count))
        {
            Assert.IsTrue(row.All(p => p is >= 0 and <= 1));
            Assert.AreEqual(1, row.Sum(), 1e-6);
        }

        var right = predictions.Decisions.Zip(label.Codes.ToArray()).Count(row => row.First == row.Second);
        var largest = label.Codes.ToArray().CountBy(code => code).Max(count => count.Value);
        Assert.IsGreaterThan(largest, right, "Always the most frequent class would be right as often.");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_TextsOfSetsOfLabels_PredictsEachByItself(string name)
    {
        var tested = ByName[name];
        if (!tested.Descriptor.Tasks.Contains(TaskKind.MultiLabelTextClassification))
        {
            return;
        }

        var data = LearningSamples.LabelSets(600, Seeds.Fork("label-sets"));
        var label = (CategorySetColumn)data.Label!;
        var predictions = (MultiLabelPredictions)tested.Fit(data).Predict(data);
        var decisions = predictions.Decisions;
        CollectionAssert.AreEqual(label.Vocabulary.Values.ToArray(), predictions.Labels.Values.ToArray());
        Assert.AreEqual(data.RowCount, predictions.Count);
        Assert.IsTrue(predictions.Probabilities.All(p => p is >= 0 and <= 1));
        var (wrong, labels) = (0, 0);
        for (var row = 0; row < data.RowCount; row++)
        {
            for (var code = 0; code < label.Vocabulary.Count; code++)
            {
                var has = label.Codes(row).Contains(code) ? 1 : 0;
                labels += has;
                wrong += has == decisions[(row * label.Vocabulary.Count) + code] ? 0 : 1;
            }
        }

        Assert.IsLessThan(labels, wrong, "No label at all would be wrong as often.");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_MissingColumn_NamesLearnerAndRole(string name)
    {
        var tested = ByName[name];
        var role = tested.ReadsText ? ColumnRoles.Text : ColumnRoles.Item;
        var data = tested.Sample(20);
        var without = new Dataset(
            "partial", new Table(data.Rows.Columns.Select(c => c.Roles == role ? c.With(roles: ColumnRoles.None) : c)));
        foreach (var (learner, act) in ((string, Action)[])
            [
                (tested.Descriptor.Name, () => tested.Fit(without)),
                (tested.ModelName, () => tested.Fit(data).Predict(without)),
            ])
        {
            var message = Assert.ThrowsExactly<InputException>(act).Message;
            Assert.Contains($"'{learner}' needs", message);
            Assert.Contains($"role {role.ToString().ToLowerInvariant()}", message);
            Assert.Contains("'partial'", message);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Fit_RandomAllowedOptions_PredictsFiniteOrDiverges(string name)
    {
        var tested = ByName[name];
        Properties.Check(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var options = RandomOptions.Draw(tested.Options, tested.Most, new SeededRandom((ulong)seed));
            foreach (var data in tested.Samples(60))
            {
                try
                {
                    AssertFinite(Values(tested.Create(options).Fit(data, Context), data));
                }
                catch (Exception e) when (e is DivergenceException or InputException)
                {
                    Assert.IsGreaterThan(20, e.Message.Length);
                }
            }
        });
    }

    private static double[] Scores(RecommenderModel model, int user)
    {
        var scores = new double[model.Items.Count];
        model.Score(user, scores);
        return scores;
    }

    private static double[] Values(Model model, Dataset data) => model.Predict(data) switch
    {
        RatingPredictions ratings => ratings.Values,
        ScorePredictions scores => scores.Values,
        ClassPredictions classes => classes.Probabilities,
        MulticlassPredictions classes => classes.Probabilities,
        MultiLabelPredictions labels => labels.Probabilities,
        var other => throw new InvalidOperationException($"Unknown predictions {other.GetType().Name}."),
    };

    private static void AssertFinite(double[] values)
    {
        foreach (var value in values)
        {
            Assert.IsTrue(double.IsFinite(value), $"{value} was predicted.");
        }
    }
}
