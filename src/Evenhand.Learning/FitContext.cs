using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning;

/// <summary>What surrounds a fit: randomness, cancellation, reporting and the thread budget.</summary>
public sealed record FitContext
{
    /// <summary>The subtree of the experiment's seed that belongs to this fit.</summary>
    public required SeedTree Seeds { get; init; }

    /// <summary>Polled in every long loop; a fit stops within a second of cancellation.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Told of each finished iteration, from the fitting thread; null where nobody listens.</summary>
    public Action<WorkProgress>? Progress { get; init; }

    /// <summary>How many threads the fit may use. At one thread the same seed gives the same model, bit for
    /// bit.</summary>
    /// <value>1</value>
    public int Threads { get; init; } = 1;

    /// <summary>What the learner is to do against unfairness as it learns; null for nothing.
    /// <see cref="Learner.Supports"/> tells whether it can.</summary>
    public InMitigation? Mitigation { get; init; }

    /// <summary>A folder in which a long fit may keep its state when it is cancelled, and from which a later fit with
    /// the same learner, data and seed goes on; null to keep nothing. Whoever sets it removes it after the
    /// fit.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>This context with its threads limited to what a learner's options ask for, where 0 asks for
    /// all.</summary>
    /// <param name="threads">Most threads, or 0; not negative.</param>
    public FitContext WithAtMost(int threads) =>
        threads == 0 || threads >= Threads ? this : this with { Threads = threads };
}
