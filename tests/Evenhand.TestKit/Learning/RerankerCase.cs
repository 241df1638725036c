using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Post;

namespace Evenhand.TestKit.Learning;

/// <summary>How a re-ranker is tried; one that needs nothing special has none.</summary>
/// <param name="Reranker">Name of the mitigation in the catalogue.</param>
public sealed record RerankerCase(string Reranker)
{
    /// <summary>How many items there are to rank.</summary>
    public const int Items = 40;

    private readonly MitigationOptions? _options;
    private readonly MitigationOptions? _neutral;

    /// <summary>Sets it apart from other cases of the same re-ranker.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Options under which the lists of the sample change: <see cref="LearningSamples.WithGroups"/> has users
    /// of a <c>gender</c> and items of a <c>genre</c>.</summary>
    /// <value>the defaults with that genre</value>
    public MitigationOptions Options
    {
        get => _options ?? (RerankingOptions)Descriptor.CreateDefaultOptions() with { ItemGroup = "genre" };
        init => _options = value;
    }

    /// <summary>The same at a strength of 0.</summary>
    /// <value>the options with the property <c>Strength</c> at 0</value>
    public MitigationOptions Neutral
    {
        get => _neutral ?? WithoutStrength(Options with { });
        init => _neutral = value;
    }

    /// <summary>Whether each list depends on its user alone.</summary>
    public bool DecidesForEachUserAlone { get; init; } = true;

    /// <summary>Upper limits, by property, that keep random options affordable.</summary>
    public IReadOnlyDictionary<string, double> Most { get; init; } = new Dictionary<string, double>
    {
        [nameof(RerankingOptions.CandidateCount)] = 2 * Items,
    };

    /// <summary>Name of the case.</summary>
    public string Name => Variant.Length == 0 ? Reranker : $"{Reranker}, {Variant}";

    private MitigationDescriptor Descriptor => TestRegistry.Shared.Get<MitigationDescriptor>(Reranker);

    /// <summary>Makes the mitigation.</summary>
    public PostMitigation Create(MitigationOptions options) => (PostMitigation)Descriptor.Create(options);

    private static MitigationOptions WithoutStrength(MitigationOptions options)
    {
        options.GetType().GetProperty("Strength")!.SetValue(options, 0.0);
        return options;
    }
}

/// <summary>What some re-rankers need to be tried.</summary>
public interface IRerankerCases
{
    /// <summary>What some of them need, or are tried with besides.</summary>
    static abstract IReadOnlyList<RerankerCase> Special { get; }
}
