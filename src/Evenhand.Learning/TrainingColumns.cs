using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning;

/// <summary>Finds the columns that a learner or model needs, or says which is missing.</summary>
internal static class TrainingColumns
{
    public static CategoricalColumn Users(Dataset data, string learner) =>
        data.UserColumn ?? throw Missing(data, learner, "user", "a categorical column");

    public static CategoricalColumn Items(Dataset data, string learner) =>
        data.ItemColumn ?? throw Missing(data, learner, "item", "a categorical column");

    public static TextColumn Text(Dataset data, string learner) =>
        data.Text ?? throw Missing(data, learner, "text", "a text column");

    /// <summary>The label column, which has a finite number in every row.</summary>
    public static NumericColumn NumericLabel(Dataset data, string learner)
    {
        var label = data.Label ?? throw Missing(data, learner, "label", "a numeric column");
        if (label is not NumericColumn numeric)
        {
            throw new InputException(
                $"'{learner}' needs a numeric label; column '{label.Name}' of '{data.Name}' holds other values. "
                + "Read it as a number, or name the values that count as 1 under label.positive.");
        }

        if (numeric.MissingCount > 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The label '{numeric.Name}' is missing in {numeric.MissingCount} of {data.RowCount} rows of "
                + $"'{data.Name}'. Leave such rows out before fitting '{learner}'."));
        }

        for (var row = 0; row < numeric.Length; row++)
        {
            if (!double.IsFinite(numeric.Values[row]))
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The label '{numeric.Name}' is infinite in row {row} (from 0) of '{data.Name}'."));
            }
        }

        return numeric;
    }

    /// <summary>The weight column, which is positive and finite in every row; null where there is none.</summary>
    public static NumericColumn? Weights(Dataset data)
    {
        if (data.Weight is not { } weights)
        {
            return null;
        }

        for (var row = 0; row < weights.Length; row++)
        {
            if (!double.IsFinite(weights.Values[row]) || weights.Values[row] <= 0)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The weight '{weights.Name}' is {weights.Format(row) ?? "missing"} in row {row} (from 0) of "
                    + $"'{data.Name}'; weights are positive numbers."));
            }
        }

        return weights;
    }

    /// <summary>The codes of a column in another vocabulary; nothing is copied where it is the column's own.</summary>
    public static ReadOnlySpan<int> CodesIn(CategoricalColumn column, Vocabulary target)
    {
        if (ReferenceEquals(column.Vocabulary, target))
        {
            return column.Codes;
        }

        var map = column.Vocabulary.MapTo(target);
        var codes = new int[column.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var code = column.Codes[row];
            codes[row] = code < 0 ? Vocabulary.Missing : map[code];
        }

        return codes;
    }

    private static InputException Missing(Dataset data, string learner, string role, string kind) => new(
        $"'{learner}' needs {kind} with the role {role}; '{data.Name}' has none. "
        + $"Its columns: {string.Join(", ", data.Rows.Columns.Select(c => c.Name))}.");
}
