using Evenhand.Configuration;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Catalogue;

/// <summary>Finds what is wrong with a label, beyond keys and types.</summary>
internal static class LabelChecks
{
    /// <summary>Checks a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="columns">The columns of the rows, read and derived, with their types.</param>
    /// <param name="report">Told the key of the label that is wrong, and what is.</param>
    public static void Check(
        LabelDescriptor label, IReadOnlyDictionary<string, ColumnType> columns, Action<string, string> report)
    {
        if (!columns.ContainsKey(label.Column))
        {
            report(
                "column",
                $"the rows have no column '{label.Column}'.{NearestName.Hint(label.Column, [.. columns.Keys])}");
        }

        if (label.Positive is { Count: 0 })
        {
            report("positive", "must not be empty");
        }

        if (label.Negative is not null && columns.GetValueOrDefault(label.Column) == ColumnType.Categories)
        {
            report("negative", "a set of categories is negative where none of them is positive; leave 'negative' out");
        }
        else if (label.Negative is not null && label.Positive is null)
        {
            report("negative", "needs 'positive' beside it");
        }

        foreach (var both in (label.Positive ?? []).Intersect(label.Negative ?? []))
        {
            report("negative", $"'{both}' is positive and negative");
        }
    }
}
