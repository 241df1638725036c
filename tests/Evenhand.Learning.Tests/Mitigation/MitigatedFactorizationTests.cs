using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.In.FairnessRegularizer;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

/// <summary>Matrix factorization under mitigations, on ratings in which two groups of users disagree.</summary>
[TestClass]
public sealed class MitigatedFactorizationTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(7) };

    private static readonly MatrixFactorizationOptions Options = new()
    {
        ApproximationRank = 8,
        NumberOfIterations = 40,
        Lambda = 0.02,
    };

    [TestMethod]
    public void Fit_NonParity_DrawsTheMeansOfTheGroupsTogether()
    {
        var mitigation = new FairnessRegularizer(new FairnessRegularizerOptions
        {
            Group = "gender",
            Unfairness = Unfairness.NonParity,
            Weight = 3,
        });
        OverSeeds.AssertPositive(seeds =>
        {
            var data = Grouped(seeds);
            var plain = MeanGap(data, null);
            return [plain - 0.4, (plain / 4) - MeanGap(data, mitigation)];
        });
    }

    [TestMethod]
    public void Fit_WeightZero_ChangesNothing()
    {
        var data = Grouped();
        var plain = Predictions(data, null);
        foreach (var unfairness in Enum.GetValues<Unfairness>())
        {
            var options = new FairnessRegularizerOptions { Group = "gender", Unfairness = unfairness, Weight = 0 };
            CollectionAssert.AreEqual(plain, Predictions(data, new FairnessRegularizer(options)));
        }

        CollectionAssert.AreEqual(
            plain, Predictions(data, new GroupDro(new GroupDroOptions { Group = "gender", StepSize = 0 })));
    }

    [TestMethod]
    public void Fit_GroupDro_LowersTheLossOfTheWorstGroup()
    {
        var robust = new GroupDro(new GroupDroOptions { Group = "gender", StepSize = 0.3 });
        OverSeeds.AssertPositive(seeds =>
        {
            var data = Grouped(seeds);
            return WorstGroupLoss(data, null) - WorstGroupLoss(data, robust);
        });
    }

    [TestMethod]
    public void Fit_AnyNumberOfThreads_GivesTheSameModel()
    {
        var data = Grouped();
        var mitigation = new FairnessRegularizer(new FairnessRegularizerOptions { Group = "gender" });

        CollectionAssert.AreEqual(Predictions(data, mitigation), Predictions(data, mitigation, threads: 3));
    }

    [TestMethod]
    public void Fit_GroupOfItems_IsRefused()
    {
        var mitigation = new GroupDro(new GroupDroOptions { Group = "genre" });

        var message = Assert.ThrowsExactly<InputException>(() => Predictions(Grouped(), mitigation)).Message;

        Assert.Contains("'group-dro' needs a group of the user", message);
    }

    [TestMethod]
    public void Supports_OneClassLoss_IsFalse()
    {
        var learner = new MatrixFactorizationLearner(
            Options with { LossFunction = MatrixFactorizationLoss.SquareLossOneClass });

        Assert.IsFalse(learner.Supports(new GroupDro(new GroupDroOptions())));
    }

    private static double MeanGap(Dataset data, InMitigation? mitigation)
    {
        var values = Predictions(data, mitigation);
        var codes = data.GroupCodes(data.FindGroup("gender")!);
        return Math.Abs(values.Where((_, row) => codes[row] == 0).Average()
            - values.Where((_, row) => codes[row] == 1).Average());
    }

    private static double WorstGroupLoss(Dataset data, InMitigation? mitigation)
    {
        var values = Predictions(data, mitigation);
        var codes = data.GroupCodes(data.FindGroup("gender")!);
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        return Enumerable.Range(0, 2).Max(group => values.Select((value, row) => (value, row))
            .Where(p => codes[p.row] == group)
            .Average(p => (p.value - labels[p.row]) * (p.value - labels[p.row])));
    }

    private static double[] Predictions(Dataset data, InMitigation? mitigation, int threads = 1)
    {
        var learner = new MitigatedLearner(new MatrixFactorizationLearner(Options), null, mitigation, null);
        var model = learner.Fit(data, Context with { Threads = threads });
        return ((RatingPredictions)model.Predict(data)).Values;
    }

    // Women (one user in four) rate a star lower, and with more noise.
    private static Dataset Grouped(SeedTree? seeds = null)
    {
        const int Users = 80;
        seeds ??= new SeedTree(4);
        var random = seeds.Fork("noise").CreateRandom();
        var data = LearningSamples.Ratings(Users, 60, 2400, seeds);
        var users = data.UserColumn!.Codes;
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] -= users[row] % 4 == 0 ? 1 + random.NextGaussian() : 0;
        }

        var rows = new Table([data.UserColumn, data.ItemColumn!, new NumericColumn("rating", labels, ColumnRoles.Label)]);
        var gender = Enumerable.Range(0, Users).Select(user => user % 4 == 0 ? "women" : "men");
        var genre = Enumerable.Range(0, 60).Select(item => item % 2 == 0 ? "drama" : "action");
        return data.WithRows(rows).WithGroups(
        [
            new GroupAttribute("gender", GroupSide.User, CategoricalColumn.FromValues("gender", gender)),
            new GroupAttribute("genre", GroupSide.Item, CategoricalColumn.FromValues("genre", genre)),
        ]);
    }
}
