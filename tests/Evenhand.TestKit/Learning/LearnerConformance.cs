using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Learning;

/// <summary>What every learner must do. A learner's test class derives from this and names the learner.</summary>
public abstract class LearnerConformance
{
    private static readonly SeedTree Seeds = new(20_260_101);

    /// <summary>Name of the learner in the catalogue.</summary>
    protected abstract string Name { get; }

    /// <summary>Name of the learner whose models are fitted: its own, unless it fits models of another.</summary>
    protected virtual string ModelName => Name;

    /// <summary>The options that are tried; the defaults unless overridden.</summary>
    protected virtual LearnerOptions Options => Descriptor.CreateDefaultOptions();

    /// <summary>Upper limits, by property, that keep random options affordable.</summary>
    protected virtual IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>();

    /// <summary>Makes the learner.</summary>
    protected virtual Learner Create(LearnerOptions options) => Descriptor.Create(options);

    /// <summary>Knows the learner.</summary>
    protected virtual Registry Registry => TestRegistry.Shared;

    /// <summary>Whether the learner reports its iterations.</summary>
    protected virtual bool Reports => false;

    /// <summary>Whether the model reported last is the one that the fit ends with.</summary>
    protected virtual bool EndsWithTheLastReport => Reports;

    private LearnerDescriptor Descriptor => Registry.Get<LearnerDescriptor>(Name);

    private bool ReadsText => Descriptor.Tasks.Contains(TaskKind.TextClassification);

    private static FitContext Context => new() { Seeds = Seeds.Fork("fit") };

    [TestMethod]
    public void Validate_DefaultOptions_AreAllowed() => Descriptor.CreateDefaultOptions().Validate();

    [TestMethod]
    public void Fit_Twice_GivesEqualPredictionsAndKeepsOptions()
    {
        var learner = Create(Options);
        foreach (var data in Samples(400))
        {
            var first = Values(learner.Fit(data, Context), data);
            var second = Values(learner.Fit(data, Context), data);
            CollectionAssert.AreEqual(first, second);
            Assert.AreEqual(Options, learner.UntypedOptions);
        }
    }

    [TestMethod]
    public void Fit_InParallel_GivesWhatEachFitGivesAlone()
    {
        var learner = Create(Options);
        var samples = Enumerable.Range(0, 4).Select(i => Sample(200 + (50 * i))).ToArray();
        var alone = Array.ConvertAll(samples, data => Values(learner.Fit(data, Context), data));
        var together = new double[samples.Length][];
        Parallel.For(0, samples.Length, i => together[i] = Values(learner.Fit(samples[i], Context), samples[i]));
        for (var i = 0; i < samples.Length; i++)
        {
            CollectionAssert.AreEqual(alone[i], together[i]);
        }
    }

    [TestMethod]
    public void Load_AfterSave_PredictsTheSameBits()
    {
        foreach (var (train, data) in Samples(400).Zip(Samples(300)))
        {
            var model = Fit(train);
            var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
            try
            {
                ModelFile.Save(model, path);
                var loaded = ModelFile.Load(path, Registry);
                Assert.AreEqual(ModelName, loaded.LearnerName);
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
    public void Predict_UnknownUsersItemsAndTexts_IsFinite()
    {
        var data = ReadsText
            ? LearningSamples.Texts(["", null, "zzz qqq", "\ud800", "!!!", new string('x', 5000)], [0, 0, 0, 0, 0, 0])
            : LearningSamples.Ratings(
                new Vocabulary(["u1", "nobody"]),
                new Vocabulary(["nothing", "i1"]),
                [0, 0, 1, 1, -1, -1, 0],
                [0, 1, 0, 1, 0, 1, -1],
                [1, 1, 1, 1, 1, 1, 1]);
        var model = Fit(Sample(300));
        AssertFinite(Values(model, data));
        if (model is RecommenderModel recommender)
        {
            AssertFinite(Scores(recommender, Vocabulary.Missing));
        }
    }

    [TestMethod]
    public void Predict_VocabularyInAnotherOrder_MatchesByValue()
    {
        var data = Sample(300);
        if (ReadsText)
        {
            return;
        }

        var model = Fit(data);
        var rows = data.Rows.Columns.Select(column => column is CategoricalColumn categorical
            ? CategoricalColumn.FromValues(
                column.Name, Enumerable.Range(0, column.Length).Select(categorical.Format), column.Roles)
            : column);
        CollectionAssert.AreEqual(Values(model, data), Values(model, new Dataset("renamed", new Table(rows))));
    }

    [TestMethod]
    public void Predict_PermutedRows_PermutesPredictions()
    {
        foreach (var data in Samples(300))
        {
            var model = Fit(data);
            var flat = Values(model, data);
            var values = flat.Chunk(flat.Length / data.RowCount).ToArray();
            var order = Seeds.Fork("order").CreateRandom().NextPermutation(data.RowCount);
            CollectionAssert.AreEqual(
                order.SelectMany(row => values[row]).ToArray(), Values(model, data.Select(order)));
        }
    }

    [TestMethod]
    public void Fit_Cancelled_ThrowsBeforeTheNextProgress()
    {
        var (learner, data) = (Create(Options), Sample(5000));
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
    public void Fit_Listened_ReportsAscendingStepsAndChangesNothing()
    {
        var (learner, data) = (Create(Options), Sample(400));
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
            Assert.AreEqual(Reports, steps.Count > 0);
            CollectionAssert.AreEqual(Enumerable.Range(1, steps.Count).ToArray(), steps);
            if (threads == 1)
            {
                CollectionAssert.AreEqual(alone, listened, "The listener changed the model.");
            }

            if (EndsWithTheLastReport)
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
    public void Fit_ListenerStops_EndsAfterThatStep()
    {
        if (!Reports)
        {
            return;
        }

        foreach (var threads in new[] { 1, 2 })
        {
            var reports = 0;
            var pruned = Assert.ThrowsExactly<FitPrunedException>(() => Create(Options).Fit(Sample(400), Context with
            {
                Threads = threads,
                Listener = report =>
                {
                    reports++;
                    return false;
                },
            }));
            Assert.AreEqual(1, pruned.Step);
            Assert.AreEqual(1, reports, "The fit went on.");
        }
    }

    [TestMethod]
    public void Predict_Cancelled_Throws()
    {
        var data = Sample(300);
        var model = Fit(data);
        Assert.ThrowsExactly<OperationCanceledException>(() => model.Predict(data, new CancellationToken(true)));
    }

    [TestMethod]
    public void Fit_DegenerateData_PredictsFinite()
    {
        foreach (var (few, test) in Samples(300).Zip(Samples(50)))
        {
            AssertFinite(Values(Fit(few.Select([7])), test));
        }

        if (ReadsText)
        {
            AssertFinite(Values(Fit(LearningSamples.Texts(["a b", "b c", "c"], [1, 1, 1])), Sample(50)));
            AssertFinite(Values(Fit(LearningSamples.Texts(["", null], [1, 0])), Sample(50)));
            return;
        }

        var (users, items) = (LearningSamples.Names("u", 5), LearningSamples.Names("i", 5));
        AssertFinite(Values(
            Fit(LearningSamples.Ratings(users, items, [2, 2, 2], [0, 1, 4], [1, 5, 3])), Sample(50)));
        var constant = LearningSamples.Ratings(users, items, [0, 1, 2, 2], [0, 1, 1, 3], [4, 4, 4, 4]);
        AssertFinite(Values(Fit(constant), Sample(50)));
    }

    [TestMethod]
    public void Fit_NoRows_SaysSo()
    {
        foreach (var data in Samples(10))
        {
            Assert.Contains(
                "Nothing to learn from", Assert.ThrowsExactly<InputException>(() => Fit(data.Select([]))).Message);
        }
    }

    [TestMethod]
    public void Fit_TextsOfSeveralClasses_PredictsSharesOfAWhole()
    {
        if (!Descriptor.Tasks.Contains(TaskKind.MulticlassTextClassification))
        {
            return;
        }

        var data = LearningSamples.Classes(600, Seeds.Fork("classes"));
        var label = (CategoricalColumn)data.Label!;
        var predictions = (MulticlassPredictions)Fit(data).Predict(data);
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
    public void Fit_TextsOfSetsOfLabels_PredictsEachByItself()
    {
        if (!Descriptor.Tasks.Contains(TaskKind.MultiLabelTextClassification))
        {
            return;
        }

        var data = LearningSamples.LabelSets(600, Seeds.Fork("label-sets"));
        var label = (CategorySetColumn)data.Label!;
        var predictions = (MultiLabelPredictions)Fit(data).Predict(data);
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
    public void Fit_MissingColumn_NamesLearnerAndRole()
    {
        var role = ReadsText ? ColumnRoles.Text : ColumnRoles.Item;
        var data = Sample(20);
        var without = new Dataset(
            "partial", new Table(data.Rows.Columns.Select(c => c.Roles == role ? c.With(roles: ColumnRoles.None) : c)));
        foreach (var (name, act) in ((string, Action)[])
            [
                (Name, () => Fit(without)),
                (ModelName, () => Fit(data).Predict(without)),
            ])
        {
            var message = Assert.ThrowsExactly<InputException>(act).Message;
            Assert.Contains($"'{name}' needs", message);
            Assert.Contains($"role {role.ToString().ToLowerInvariant()}", message);
            Assert.Contains("'partial'", message);
        }
    }

    [TestMethod]
    public void Fit_RandomAllowedOptions_PredictsFiniteOrDiverges() => Properties.Check(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var options = RandomOptions.Draw(Options, Most, new SeededRandom((ulong)seed));
            foreach (var data in Samples(60))
            {
                try
                {
                    AssertFinite(Values(Create(options).Fit(data, Context), data));
                }
                catch (Exception e) when (e is DivergenceException or InputException)
                {
                    Assert.IsGreaterThan(20, e.Message.Length);
                }
            }
        });

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

    private Model Fit(Dataset data) => Create(Options).Fit(data, Context);

    // One of each kind of label that the learner's tasks name.
    private IEnumerable<Dataset> Samples(int rows)
    {
        yield return Sample(rows);
        if (Descriptor.Tasks.Contains(TaskKind.MulticlassTextClassification))
        {
            yield return LearningSamples.Classes(rows, Seeds.Fork("classes"));
        }

        if (Descriptor.Tasks.Contains(TaskKind.MultiLabelTextClassification))
        {
            yield return LearningSamples.LabelSets(rows, Seeds.Fork("label-sets"));
        }
    }

    private Dataset Sample(int rows) => ReadsText
        ? LearningSamples.Texts(rows, Seeds.Fork("texts"))
        : LearningSamples.Ratings(20, 30, rows, Seeds.Fork("ratings"));
}
