using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Recommendation;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

/// <summary>Choices among items of two groups, of which the smaller is chosen more rarely, whatever the
/// taste.</summary>
internal static class PopularityGap
{
    public const string ItemGroup = "origin";

    private const int Users = 120;
    private const int Items = 80;

    /// <summary>Every third item is local. A user likes every fourth item, and takes it with probability 0.6, or 0.3
    /// where it is local; other items with probability 0.15 and 0.03.</summary>
    public static Dataset Data { get; } = Create();

    /// <summary>Share of the local items in the users' lists of ten new items.</summary>
    public static double LocalShare(Model model)
    {
        var users = Enumerable.Range(0, Users).ToArray();
        return TopN.Recommend((RecommenderModel)model, users, 10, Data)
            .Average(list => list.Average(item => IsLocal(item) ? 1.0 : 0));
    }

    /// <summary>The scores of the training rows.</summary>
    public static double[] Scores(Model model) => ((ScorePredictions)model.Predict(Data)).Values;

    /// <summary>A model learned under a mitigation, or under none.</summary>
    public static Model Fit(Learner learner, InMitigation? mitigation, int threads = 1, SeedTree? seeds = null) =>
        Fit(learner, mitigation, new FitContext { Seeds = seeds ?? new SeedTree(3), Threads = threads });

    /// <summary>How many iterations a fit still ends that is cancelled in the first one.</summary>
    public static int IterationsUntilCancelled(Learner learner, InMitigation mitigation)
    {
        using var source = new CancellationTokenSource();
        var iterations = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(learner, mitigation, new FitContext
        {
            Seeds = new SeedTree(3),
            CancellationToken = source.Token,
            Progress = _ =>
            {
                iterations++;
                source.Cancel();
            },
        }));
        return iterations;
    }

    private static Model Fit(Learner learner, InMitigation? mitigation, FitContext context) =>
        new MitigatedLearner(learner, null, mitigation, null).Fit(Data, context);

    private static bool IsLocal(int item) => item % 3 == 0;

    private static Dataset Create()
    {
        var random = new SeedTree(8).CreateRandom();
        var chosen = Enumerable.Range(0, Users * Items).Where(cell =>
        {
            var (user, item) = (cell / Items, cell % Items);
            var liked = item % 4 == user % 4;
            return random.NextDouble() < (IsLocal(item), liked) switch
            {
                (false, true) => 0.6,
                (true, true) => 0.3,
                (false, false) => 0.15,
                _ => 0.03,
            };
        }).ToArray();
        var origins = Enumerable.Range(0, Items).Select(item => IsLocal(item) ? "local" : "global");
        var genders = Enumerable.Range(0, Users).Select(user => user % 2 == 0 ? "women" : "men");
        return LearningSamples.Ratings(
            LearningSamples.Names("u", Users),
            LearningSamples.Names("i", Items),
            Array.ConvertAll(chosen, cell => cell / Items),
            Array.ConvertAll(chosen, cell => cell % Items),
            Array.ConvertAll(chosen, _ => 1.0)).WithGroups(
            [
                new GroupAttribute(ItemGroup, GroupSide.Item, CategoricalColumn.FromValues(ItemGroup, origins)),
                new GroupAttribute("gender", GroupSide.User, CategoricalColumn.FromValues("gender", genders)),
            ]);
    }
}
