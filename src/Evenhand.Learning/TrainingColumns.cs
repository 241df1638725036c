using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning;

/// <summary>Finds the columns that a learner or model needs, or says which is missing.</summary>
/// <remarks>The name of the learner that is given to these methods is for their messages.</remarks>
public static class TrainingColumns
{
    /// <summary>The user column.</summary>
    /// <exception cref="InputException">The data has none.</exception>
    public static CategoricalColumn Users(Dataset data, string learner) =>
        Given(data).UserColumn ?? throw Missing(data, learner, "user", "a categorical column");

    /// <summary>The item column.</summary>
    /// <exception cref="InputException">The data has none.</exception>
    public static CategoricalColumn Items(Dataset data, string learner) =>
        Given(data).ItemColumn ?? throw Missing(data, learner, "item", "a categorical column");

    /// <summary>The text column.</summary>
    /// <exception cref="InputException">The data has none.</exception>
    public static TextColumn Text(Dataset data, string learner) =>
        Given(data).Text ?? throw Missing(data, learner, "text", "a text column");

    /// <summary>The label column, which has a finite number in every row.</summary>
    /// <exception cref="InputException">The data has none, or a value is no number, missing or infinite.</exception>
    public static NumericColumn NumericLabel(Dataset data, string learner)
    {
        var label = Given(data).Label ?? throw Missing(data, learner, "label", "a numeric column");
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
    /// <exception cref="InputException">A weight is missing, infinite or not positive.</exception>
    public static NumericColumn? Weights(Dataset data)
    {
        if (Given(data).Weight is not { } weights)
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
    /// <param name="column">The column.</param>
    /// <param name="target">The vocabulary, such as the users or items of a model.</param>
    /// <returns>One code a row; <see cref="Vocabulary.Missing"/> where the value is missing or not in
    /// <paramref name="target"/>.</returns>
    public static ReadOnlySpan<int> CodesIn(CategoricalColumn column, Vocabulary target)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(target);
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

    private static Dataset Given(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data;
    }

    private static InputException Missing(Dataset data, string learner, string role, string kind) => new(
        $"'{learner}' needs {kind} with the role {role}; '{data.Name}' has none. "
        + $"Its columns: {string.Join(", ", data.Rows.Columns.Select(c => c.Name))}.");
}
