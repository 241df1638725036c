using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Post.Calibrated;
using Evenhand.Learning.Mitigations.Post.CpFair;
using Evenhand.Learning.Mitigations.Post.DeterministicSorting;
using Evenhand.Learning.Mitigations.Post.FaIr;
using Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;
using Evenhand.Learning.Mitigations.Post.Pmmf;
using Evenhand.Learning.Mitigations.Post.Xquad;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class FaIrConformanceTests : RerankerConformance
{
    private static readonly FaIrOptions Default = new() { ItemGroup = "genre", Alpha = 0.5 };

    protected override string Name => "fa-ir";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };
}

[TestClass]
public sealed class DetGreedyConformanceTests : DeterministicSortingConformance
{
    protected override DeterministicSortingAlgorithm Algorithm => DeterministicSortingAlgorithm.DetGreedy;
}

[TestClass]
public sealed class DetConsConformanceTests : DeterministicSortingConformance
{
    protected override DeterministicSortingAlgorithm Algorithm => DeterministicSortingAlgorithm.DetCons;
}

[TestClass]
public sealed class DetRelaxedConformanceTests : DeterministicSortingConformance
{
    protected override DeterministicSortingAlgorithm Algorithm => DeterministicSortingAlgorithm.DetRelaxed;
}

[TestClass]
public sealed class DetConstSortConformanceTests : DeterministicSortingConformance
{
    protected override DeterministicSortingAlgorithm Algorithm => DeterministicSortingAlgorithm.DetConstSort;
}

public abstract class DeterministicSortingConformance : RerankerConformance
{
    protected abstract DeterministicSortingAlgorithm Algorithm { get; }

    protected override string Name => "deterministic-sorting";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };

    private DeterministicSortingOptions Default => new() { ItemGroup = "genre", Algorithm = Algorithm };
}

[TestClass]
public sealed class MaximalMarginalRelevanceConformanceTests : RerankerConformance
{
    private static readonly MaximalMarginalRelevanceOptions Default = new() { ItemGroup = "genre" };

    protected override string Name => "maximal-marginal-relevance";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };
}

[TestClass]
public sealed class XquadConformanceTests : RerankerConformance
{
    private static readonly XquadOptions Default = new() { ItemGroup = "genre" };

    protected override string Name => "xquad";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };
}

[TestClass]
public sealed class CalibratedConformanceTests : RerankerConformance
{
    private static readonly CalibratedOptions Default = new() { ItemGroup = "genre" };

    protected override string Name => "calibrated";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };
}

[TestClass]
public sealed class PmmfConformanceTests : RerankerConformance
{
    // Few users: prices have to move faster than by default.
    private static readonly PmmfOptions Default = new() { ItemGroup = "genre", LearningRate = 1 };

    protected override string Name => "p-mmf";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { Strength = 0 };

    protected override bool DecidesForEachUserAlone => false;
}

[TestClass]
public sealed class CpFairConformanceTests : RerankerConformance
{
    private static readonly CpFairOptions Default = new() { ItemGroup = "genre", Group = "gender" };

    protected override string Name => "cp-fair";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { ItemStrength = 0, UserStrength = 0 };

    protected override bool DecidesForEachUserAlone => false;

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>(base.Most)
    {
        [nameof(CpFairOptions.NumberOfIterations)] = 30,
    };
}

[TestClass]
public sealed class CpFairGreedyConformanceTests : RerankerConformance
{
    private static readonly CpFairOptions Default = new() { ItemGroup = "genre", Solver = CpFairSolver.Greedy };

    protected override string Name => "cp-fair";

    protected override MitigationOptions Options => Default;

    protected override MitigationOptions Neutral => Default with { ItemStrength = 0 };

    protected override bool DecidesForEachUserAlone => false;

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>(base.Most)
    {
        [nameof(CpFairOptions.NumberOfIterations)] = 30,
    };
}
