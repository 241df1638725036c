using Evenhand.Configuration;
using Evenhand.Learning;

namespace Evenhand.TestKit.Learning;

/// <summary>How a learner is tried; a learner that needs nothing special has none.</summary>
/// <param name="Learner">Name of the learner in the catalogue.</param>
public sealed record LearnerCase(string Learner)
{
    private static readonly IReadOnlyDictionary<string, double> NoLimits = new Dictionary<string, double>();

    /// <summary>Sets it apart from other cases of the same learner.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The options that are tried; null for the defaults.</summary>
    public LearnerOptions? Options { get; init; }

    /// <summary>Upper limits, by property, that keep random options affordable.</summary>
    public IReadOnlyDictionary<string, double> Most { get; init; } = NoLimits;

    /// <summary>Whether the learner reports its iterations; the model reported last is then the one that the fit ends
    /// with.</summary>
    public bool Reports { get; init; }

    /// <summary>Makes the learner; null for what the catalogue makes, of example members where it takes any.</summary>
    public Func<LearnerOptions, Learner>? Create { get; init; }

    /// <summary>Name of the learner whose models are fitted; null for its own.</summary>
    public string? ModelName { get; init; }

    /// <summary>Name of the case.</summary>
    public string Name => Variant.Length == 0 ? Learner : $"{Learner}, {Variant}";
}

/// <summary>The learners that a test project tries.</summary>
public interface ILearnerCases
{
    /// <summary>Knows the learners.</summary>
    static abstract Registry Registry { get; }

    /// <summary>Names of the learners of the registry that are tried here.</summary>
    static abstract IReadOnlyList<string> Learners { get; }

    /// <summary>What some of them need, or are tried with besides.</summary>
    static abstract IReadOnlyList<LearnerCase> Special { get; }
}
