namespace Evenhand.Learning;

/// <summary>Tasks that often go together.</summary>
public static class TaskKinds
{
    /// <summary>All tasks.</summary>
    public static IReadOnlyList<TaskKind> Every { get; } = Enum.GetValues<TaskKind>();

    /// <summary>The tasks of users and items.</summary>
    public static IReadOnlyList<TaskKind> Recommendation { get; } = [TaskKind.RatingPrediction, TaskKind.TopN];

    /// <summary>The tasks whose predictions are lists of items.</summary>
    public static IReadOnlyList<TaskKind> Lists { get; } = [TaskKind.TopN];

    /// <summary>The tasks whose predictions are ratings.</summary>
    public static IReadOnlyList<TaskKind> Ratings { get; } = [TaskKind.RatingPrediction];

    /// <summary>The tasks on texts.</summary>
    public static IReadOnlyList<TaskKind> Texts { get; } =
    [
        TaskKind.TextClassification, TaskKind.MulticlassTextClassification, TaskKind.MultiLabelTextClassification,
    ];
}
