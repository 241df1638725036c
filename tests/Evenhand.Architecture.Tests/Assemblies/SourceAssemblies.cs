namespace Evenhand.Architecture.Tests.Assemblies;

/// <summary>What src is made of, and which way references may point.</summary>
internal static class SourceAssemblies
{
    private static readonly string[] _upToMetrics = ["Evenhand.Configuration", "Evenhand.Data", "Evenhand.Metrics"];

    private static readonly string[] _upToLearning = [.. _upToMetrics, "Evenhand.Learning"];

    private static readonly string[] _upToExperiments =
        [.. _upToLearning, "Evenhand.Tuning", "Evenhand.Plots", "Evenhand.Experiments"];

    /// <summary>By assembly all assemblies of src that it may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Order { get; } = new Dictionary<string, string[]>
    {
        ["Evenhand.Configuration"] = [],
        ["Evenhand.Data"] = ["Evenhand.Configuration"],
        ["Evenhand.Metrics"] = ["Evenhand.Configuration", "Evenhand.Data"],
        ["Evenhand.Learning"] = _upToMetrics,
        ["Evenhand.Tuning"] = ["Evenhand.Configuration"],
        ["Evenhand.Plots"] = ["Evenhand.Configuration"],
        ["Evenhand.Tokenization"] = ["Evenhand.Configuration", "Evenhand.Data"],
        ["Evenhand.Torch"] = [.. _upToLearning, "Evenhand.Tokenization"],
        ["Evenhand.Experiments"] = [.. _upToLearning, "Evenhand.Tuning", "Evenhand.Plots"],
        ["evenhand"] = [.. _upToExperiments, "Evenhand.Tokenization", "Evenhand.Torch"],
    };

    public static IEnumerable<string> Names => Order.Keys;
}
