using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>What the learners of pairwise rankings share.</summary>
public abstract record PairwiseRankingOptions : LearnerOptions
{
    private protected PairwiseRankingOptions()
    {
    }

    /// <summary>Number of latent factors of each user and item.</summary>
    /// <value>64</value>
    [Range(1, 4096)]
    [SearchRange(8, 128, Log = true)]
    public int ApproximationRank { get; init; } = 64;

    /// <summary>Passes over the observed user-item pairs.</summary>
    /// <value>50</value>
    [Range(1, 100_000)]
    [SearchRange(10, 100)]
    public int NumberOfIterations { get; init; } = 50;

    /// <summary>Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last
    /// one.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Weight of the squared factors and biases that take part in a step.</summary>
    public abstract double Lambda { get; init; }

    /// <summary>How the items are drawn that a chosen item is compared with.</summary>
    /// <value>Uniform</value>
    public NegativeSampling NegativeSampling { get; init; } = NegativeSampling.Uniform;

    /// <summary>
    /// Threads of the fit, at most those that its context allows; 0 takes all of these. The model does not depend
    /// on it.
    /// </summary>
    /// <value>0</value>
    [Range(0, 1024)]
    public int NumberOfThreads { get; init; }
}

/// <summary>How items are drawn that a user has not chosen.</summary>
public enum NegativeSampling
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>In proportion to the weight of their rows: popular items more often, which are harder to tell from the
    /// chosen ones.</summary>
    Popularity,
}
