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

    /// <summary>The tasks whose predictions are classes of rows of features.</summary>
    public static IReadOnlyList<TaskKind> TabularClasses { get; } =
        [TaskKind.TabularClassification, TaskKind.TabularMulticlassClassification];

    /// <summary>The tasks whose predictions are classes or labels.</summary>
    public static IReadOnlyList<TaskKind> Classes { get; } = [.. Texts, .. TabularClasses];
}
