using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>A number without a scale of its own: an amount, a time, a value.</summary>
internal sealed class NumberTarget : RatingTarget
{
    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) =>
        label is ColumnType.Number or ColumnType.Date
            ? null
            : $"holds no numbers, and the task {task.Name} predicts a number: read it as type: number, or predict its "
                + $"classes by the task {task.With<ClassesTarget>().Name}.";
}
