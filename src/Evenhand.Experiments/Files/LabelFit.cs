using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Learning;

namespace Evenhand.Experiments.Files;

/// <summary>Whether a label is what a task predicts.</summary>
internal static class LabelFit
{
    /// <summary>What is wrong with a label of that type, to follow "The label 'x' of 'y' "; null where it
    /// fits.</summary>
    public static string? Problem(TaskKind task, ColumnType label) => (task, label) switch
    {
        (TaskKind.TopN, _) => null,
        (TaskKind.MulticlassTextClassification, ColumnType.Category) => null,
        (TaskKind.MulticlassTextClassification, ColumnType.Number) =>
            "holds numbers, and the task multiclass-text-classification predicts a class: read it as type: category, "
            + "and leave label.positive out.",
        (TaskKind.MulticlassTextClassification, ColumnType.Categories) =>
            "holds sets of categories: the task is multi-label-text-classification.",
        (TaskKind.MulticlassTextClassification, _) => "holds text; read it as type: category.",
        (TaskKind.MultiLabelTextClassification, ColumnType.Categories) => null,
        (TaskKind.MultiLabelTextClassification, _) =>
            "holds no sets, and the task multi-label-text-classification predicts sets of labels: read it as type: "
            + "categories, and leave label.positive out.",
        (_, ColumnType.Number or ColumnType.Date) => null,
        (TaskKind.TextClassification, ColumnType.Category) =>
            "holds text; say which values count as positive with label.positive, or predict all classes by the task "
            + "multiclass-text-classification.",
        (TaskKind.TextClassification, ColumnType.Categories) =>
            "holds sets of categories; say which count as positive with label.positive, or predict all labels by the "
            + "task multi-label-text-classification.",
        _ => "holds text; say which values count as positive with label.positive.",
    };

    /// <summary>The type as which a column was read.</summary>
    public static ColumnType TypeOf(Column label) => label switch
    {
        NumericColumn => ColumnType.Number,
        CategoricalColumn => ColumnType.Category,
        CategorySetColumn => ColumnType.Categories,
        _ => ColumnType.Text,
    };

    /// <summary>The type that a descriptor gives its label; null where there is none, or no such column.</summary>
    public static ColumnType? TypeOf(DatasetDescriptor descriptor)
    {
        if (descriptor.Label is not { } label)
        {
            return null;
        }

        return label.Positive is not null ? ColumnType.Number
            : descriptor.Derive.FirstOrDefault(d => d.Side == GroupSide.Row && d.Name == label.Column) is { } derived
                ? TypeOf(derived)
            : descriptor.Rows.Columns.FirstOrDefault(c => c.Name == label.Column)?.Type;
    }

    private static ColumnType TypeOf(DerivedColumn derived) =>
        derived.Product is not null ? ColumnType.Number
        : derived.Join is not null ? ColumnType.Text
        : derived.Extract is not null ? derived.Type
        : ColumnType.Category;
}
