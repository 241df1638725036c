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

    /// <summary>Asked after each iteration of a learner that iterates whether to go on, while the fit waits; null where
    /// nobody asks. Learners that find their model at once, or each part of it by itself, never call it.</summary>
    public Func<FitReport, bool>? Listener { get; init; }

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

    /// <summary>Tells the listener, if there is one, of an iteration.</summary>
    /// <param name="step">Iterations finished, counted from 1.</param>
    /// <param name="trainLoss">Mean loss of the training rows; NaN where it is not known.</param>
    /// <param name="snapshot">Makes the model as it stands; called only where the listener wants it.</param>
    /// <exception cref="FitPrunedException">The listener answered that the fit should end.</exception>
    public void Report(int step, double trainLoss, Func<Model> snapshot)
    {
        if (Listener is { } listener && !listener(new FitReport(step, trainLoss, snapshot)))
        {
            throw new FitPrunedException(step);
        }
    }

    /// <summary>This context for a fit that is a part of another one, which reports what becomes of its
    /// models.</summary>
    /// <param name="whole">Makes the model of the whole from one of the part.</param>
    internal FitContext Within(Func<Model, Model> whole) => Listener is not { } listener ? this : this with
    {
        Listener = report => listener(report with { Snapshot = () => whole(report.Snapshot()) }),
    };

    /// <summary>This context with its threads limited to what a learner's options ask for, where 0 asks for
    /// all.</summary>
    /// <param name="threads">Most threads, or 0; not negative.</param>
    public FitContext WithAtMost(int threads) =>
        threads == 0 || threads >= Threads ? this : this with { Threads = threads };
}
