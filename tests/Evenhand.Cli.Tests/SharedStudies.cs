namespace Evenhand.Cli.Tests;

/// <summary>Finished studies that tests look at and do not change: one of each task, run once for all of
/// them.</summary>
[TestClass]
public sealed class SharedStudies
{
    public const string Reviews = "reviews";
    public const string Lists = "lists";

    private const string ReviewsExperiment = """
        name: reviews
        task: text-classification
        data:
          source: simulator
          simulator: { users: 80, items: 40, interactions: 900 }
          groups: { user: [gender, age-band] }
        learners:
          - logistic-regression: { l2Regularization: { float: [0.1, 10], log: true }, hashBits: 12 }
        objective:
          maximize: accuracy
          constraints: [{ metric: equal-opportunity-difference, group: gender, atMost: 0.2 }]
        budget: { trials: 3 }
        evaluation: { bootstrapSamples: 40, minimumGroupSize: 5 }
        """;

    private const string ListsExperiment = """
        name: lists
        task: top-n
        data:
          source: simulator
          simulator: { users: 80, items: 40, interactions: 1600, texts: false }
          groups: { user: [gender] }
        split: { strategy: per-user, train: 0.6, validation: 0.2, test: 0.2 }
        learners: [popularity, { matrix-factorization: { lossFunction: square-loss-one-class, numberOfIterations: 3 } }]
        objective:
          pareto: [ndcg@10, { metric: ndcg@10-difference, group: gender }]
        budget: { trials: 2 }
        evaluation: { bootstrapSamples: 40, minimumGroupSize: 5 }
        """;

    private static readonly TemporaryFolder Folder = new();

    /// <summary>The store with the studies <c>own-ratings</c>, <c>reviews</c> and <c>lists</c>.</summary>
    public static string Store => Folder.File("store");

    /// <summary>Path of a file of the ratings, such as <c>validation.csv</c>.</summary>
    public static string File(string name) => Folder.File(name);

    [AssemblyInitialize]
    public static async Task RunAsync(TestContext context)
    {
        string[] files =
        [
            OwnRatings.Write(Folder),
            Folder.Write("reviews.yaml", ReviewsExperiment),
            Folder.Write("lists.yaml", ListsExperiment),
        ];
        foreach (var file in files)
        {
            (await CommandLine.RunAsync("run", file, "--store", Store)).ShouldSucceed();
        }
    }

    [AssemblyCleanup]
    public static void Delete() => Folder.Dispose();
}
