using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.CpFair;
using Evenhand.Learning.Mitigations.Post.DeterministicSorting;
using Evenhand.Learning.Mitigations.Post.FaIr;
using Evenhand.Learning.Mitigations.Post.Pmmf;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class RerankerConformanceTests : RerankerConformance<RerankerCases>;

/// <summary>What some re-rankers need on the sample.</summary>
public sealed class RerankerCases : IRerankerCases
{
    private static readonly Dictionary<string, double> OfCpFair = new()
    {
        [nameof(RerankingOptions.CandidateCount)] = 2 * RerankerCase.Items,
        [nameof(CpFairOptions.NumberOfIterations)] = 30,
    };

    /// <inheritdoc/>
    public static IReadOnlyList<RerankerCase> Special { get; } =
    [
        new("fa-ir") { Options = new FaIrOptions { ItemGroup = "genre", Alpha = 0.5 } },
        .. Enum.GetValues<DeterministicSortingAlgorithm>().Select(algorithm => new RerankerCase("deterministic-sorting")
        {
            Variant = $"{algorithm}",
            Options = new DeterministicSortingOptions { ItemGroup = "genre", Algorithm = algorithm },
        }),

        // Few users: prices have to move faster than by default.
        new("p-mmf")
        {
            Options = new PmmfOptions { ItemGroup = "genre", LearningRate = 1 },
            DecidesForEachUserAlone = false,
        },
        new("cp-fair")
        {
            Variant = "linear program",
            Options = new CpFairOptions { ItemGroup = "genre", Group = "gender" },
            Neutral = new CpFairOptions { ItemGroup = "genre", Group = "gender", ItemStrength = 0, UserStrength = 0 },
            DecidesForEachUserAlone = false,
            Most = OfCpFair,
        },
        new("cp-fair")
        {
            Variant = "greedy",
            Options = new CpFairOptions { ItemGroup = "genre", Solver = CpFairSolver.Greedy },
            Neutral = new CpFairOptions { ItemGroup = "genre", Solver = CpFairSolver.Greedy, ItemStrength = 0 },
            DecidesForEachUserAlone = false,
            Most = OfCpFair,
        },
    ];
}
