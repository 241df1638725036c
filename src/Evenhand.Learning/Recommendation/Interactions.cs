using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation;

/// <summary>The rows of a data set as a recommender learns from them: user, item, value and weight.</summary>
/// <remarks>Rows without a user or an item say nothing of either and are left out.</remarks>
public sealed class Interactions
{
    private Interactions(
        Vocabulary users, Vocabulary items, int[] userCodes, int[] itemCodes, double[]? labels, double[]? weights)
    {
        Users = users;
        Items = items;
        UserCodes = userCodes;
        ItemCodes = itemCodes;
        Labels = labels;
        Weights = weights;
    }

    /// <summary>The users, by code; some may have no row.</summary>
    public Vocabulary Users { get; }

    /// <summary>The items, by code; some may have no row.</summary>
    public Vocabulary Items { get; }

    /// <summary>User of each kept row; never missing.</summary>
    public int[] UserCodes { get; }

    /// <summary>Item of each kept row; never missing.</summary>
    public int[] ItemCodes { get; }

    /// <summary>Label of each kept row; null where the learner asked for none.</summary>
    public double[]? Labels { get; }

    /// <summary>Weight of each kept row; null where all weigh 1.</summary>
    public double[]? Weights { get; }

    /// <summary>Number of kept rows.</summary>
    public int Count => UserCodes.Length;

    /// <summary>Weight of a kept row; 1 where rows have none.</summary>
    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>The rows of some data that have a user and an item.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="learner">Name of the learner, for messages.</param>
    /// <param name="needsLabel">Whether the learner reads labels; they must then be numbers.</param>
    /// <exception cref="InputException">A column is missing or of the wrong kind, a label is missing, or no row is
    /// left.</exception>
    public static Interactions Of(Dataset data, string learner, bool needsLabel)
    {
        ArgumentNullException.ThrowIfNull(data);
        var users = TrainingColumns.Users(data, learner);
        var items = TrainingColumns.Items(data, learner);
        var labels = needsLabel ? TrainingColumns.NumericLabel(data, learner) : null;
        var weights = TrainingColumns.Weights(data);
        var rows = new int[data.RowCount];
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            rows[count] = row;
            count += users.Codes[row] >= 0 && items.Codes[row] >= 0 ? 1 : 0;
        }

        if (count == 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"Nothing to learn from: none of the {data.RowCount} rows of '{data.Name}' has both "
                + $"a user and an item."));
        }

        return new Interactions(
            users.Vocabulary,
            items.Vocabulary,
            Pick(users.Codes, rows.AsSpan(0, count)),
            Pick(items.Codes, rows.AsSpan(0, count)),
            labels is null ? null : Pick(labels.Values, rows.AsSpan(0, count)),
            weights is null ? null : Pick(weights.Values, rows.AsSpan(0, count)));
    }

    private static T[] Pick<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        if (rows.Length == values.Length)
        {
            return values.ToArray();
        }

        var picked = new T[rows.Length];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
