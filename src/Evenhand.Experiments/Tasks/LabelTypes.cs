using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Experiments.Tasks;

/// <summary>The type of a label, before and after the data is read.</summary>
internal static class LabelTypes
{
    /// <summary>The type as which a column was read.</summary>
    public static ColumnType Of(Column label) => label switch
    {
        NumericColumn => ColumnType.Number,
        CategoricalColumn => ColumnType.Category,
        CategorySetColumn => ColumnType.Categories,
        _ => ColumnType.Text,
    };

    /// <summary>The type that a descriptor gives its label; null where there is none, or no such column.</summary>
    public static ColumnType? Of(DatasetDescriptor descriptor)
    {
        if (descriptor.Label is not { } label)
        {
            return null;
        }

        return label.Positive is not null ? ColumnType.Number
            : descriptor.Derive.FirstOrDefault(d => d.Side == GroupSide.Row && d.Name == label.Column) is { } derived
                ? Of(derived)
            : descriptor.Rows.Columns.FirstOrDefault(c => c.Name == label.Column)?.Type;
    }

    private static ColumnType Of(DerivedColumn derived) =>
        derived.Product is not null ? ColumnType.Number
        : derived.Join is not null ? ColumnType.Text
        : derived.Extract is not null ? derived.Type
        : ColumnType.Category;
}
