using Evenhand.Learning;

namespace Evenhand.Experiments.Tasks;

/// <summary>The tasks that an experiment may have.</summary>
internal static class PredictionTasks
{
    private static readonly PredictionTask[] All =
    [
        new(TaskKind.RatingPrediction, new InteractionInput(), new RatingTarget()),
        new(TaskKind.TopN, new InteractionInput(), new RankingTarget()),
        new(TaskKind.TextClassification, new TextInput(), new BinaryTarget()),
        new(TaskKind.MulticlassTextClassification, new TextInput(), new ClassesTarget()),
        new(TaskKind.MultiLabelTextClassification, new TextInput(), new LabelSetsTarget()),
        new(TaskKind.TabularClassification, new FeatureInput(), new BinaryTarget()),
        new(TaskKind.TabularMulticlassClassification, new FeatureInput(), new ClassesTarget()),
        new(TaskKind.TabularRegression, new FeatureInput(), new NumberTarget()),
    ];

    /// <summary>The task of that kind.</summary>
    public static PredictionTask Of(TaskKind kind) => Array.Find(All, task => task.Kind == kind)
        ?? throw new InvalidOperationException($"The task {kind} is not in the list.");

    /// <summary>The task that predicts another target from the same input.</summary>
    public static PredictionTask With<TTarget>(this PredictionTask task)
        where TTarget : TaskTarget =>
        Array.Find(All, other => other.Input.GetType() == task.Input.GetType() && other.Target is TTarget) ?? task;
}
