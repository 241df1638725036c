using Evenhand.Data;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>What is predicted: which label it needs, how predictions are held against it, which metrics are
/// usual.</summary>
internal abstract class TaskTarget
{
    /// <summary>What metrics are of.</summary>
    public abstract PredictionKind Kind { get; }

    /// <summary>Whether rows need a label.</summary>
    public virtual bool NeedsLabel => true;

    /// <summary>Whether lists of items are predicted, for users: groups are those of users and items, and users are the
    /// units of bounds.</summary>
    public virtual bool IsRanking => false;

    /// <summary>What the simulator makes the label of.</summary>
    public abstract SimulatorLabel SimulatorLabel { get; }

    /// <summary>Gaps between groups that are reported unless the file names metrics.</summary>
    public virtual IReadOnlyList<string> UsualGaps => [];

    /// <summary>Gaps over identity terms that are reported unless the file names metrics.</summary>
    public virtual IReadOnlyList<string> UsualTermGaps => [];

    /// <summary>The metrics that are reported unless the file names others.</summary>
    /// <param name="k">Length of lists.</param>
    public abstract IReadOnlyList<string> UsualMetrics(int k);

    /// <summary>What is wrong with a label of that type, to follow "The label 'x' of 'y' "; null where it
    /// fits.</summary>
    /// <param name="label">How the label is read.</param>
    /// <param name="task">The task, to name others by.</param>
    public abstract string? LabelProblem(ColumnType label, PredictionTask task);

    /// <summary>What a model predicts of one part of the data, beside the truth, and the groups.</summary>
    /// <param name="settings">How it is measured.</param>
    /// <param name="model">The model.</param>
    /// <param name="part">The part to predict.</param>
    /// <param name="seen">The parts before this one, whose items rankings leave out.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="Evenhand.Configuration.InputException">The part has no such label, or the model predicts
    /// something else.</exception>
    public abstract (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Measure(
        MeasurementSettings settings,
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        CancellationToken cancellationToken);

    /// <summary>What the leaderboard's protocol says beside split, bounds and seed.</summary>
    public virtual IEnumerable<KeyValuePair<string, string>> Protocol(MeasurementSettings settings) => [];
}
