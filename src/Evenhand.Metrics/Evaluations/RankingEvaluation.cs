namespace Evenhand.Metrics.Evaluations;

/// <summary>One ranked list for each user, and the held-out items that are relevant to that user. One row is one
/// user.</summary>
/// <param name="Users">Code of each user; only carried along.</param>
/// <param name="Rankings">Distinct item codes of each user, best first, taken from the full catalogue with the user's
/// items of earlier parts masked by the caller; at least as long as the largest k asked for, unless the catalogue is
/// shorter.</param>
/// <param name="Relevant">Relevant item codes of each user. Users without any are left out of every figure and
/// count.</param>
public sealed record RankingEvaluation(int[] Users, int[][] Rankings, int[][] Relevant) : EvaluationData
{
    /// <inheritdoc/>
    public override int Count => Users.Length;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Ranking;

    /// <summary>The items that could have been recommended; all item codes are then below its
    /// <see cref="ItemCatalogue.Count"/>.</summary>
    /// <value>Null: only metrics of accuracy can be computed.</value>
    public ItemCatalogue? Catalogue { get; init; }

    /// <summary>Distinct item codes that were masked for each user: those that the user has in
    /// earlier parts of the split.</summary>
    /// <value>Null: none were.</value>
    public int[][]? Seen { get; init; }

    internal override double[]? RowWeights => null;

    internal override void Validate()
    {
        base.Validate();
        CheckLength(Rankings.Length, nameof(Rankings));
        CheckLength(Relevant.Length, nameof(Relevant));
        CheckLength(Seen?.Length, nameof(Seen));
        Catalogue?.Validate();
        CheckCodes(Rankings, nameof(Rankings));
        CheckCodes(Relevant, nameof(Relevant));
        CheckCodes(Seen ?? [], nameof(Seen));
    }

    /// <summary>The rows whose user has relevant items; null where all have.</summary>
    internal int[]? EvaluatedRows() =>
        Array.TrueForAll(Relevant, items => items.Length > 0)
            ? null
            : [.. Enumerable.Range(0, Count).Where(row => Relevant[row].Length > 0)];

    internal RankingEvaluation Select(int[] rows) =>
        new(Pick(Users, rows), Pick(Rankings, rows), Pick(Relevant, rows))
        {
            Units = Units is null ? null : Pick(Units, rows),
            Catalogue = Catalogue,
            Seen = Seen is null ? null : Pick(Seen, rows),
        };

    internal static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    private void CheckCodes(int[][] lists, string name)
    {
        var items = Catalogue?.Count ?? int.MaxValue;
        for (var row = 0; row < lists.Length; row++)
        {
            if (lists[row] is null || Array.Exists(lists[row], item => item < 0))
            {
                throw new ArgumentException($"{name}[{row}] is null or holds a negative item code.");
            }

            if (Array.Exists(lists[row], item => item >= items))
            {
                throw new ArgumentException($"{name}[{row}] holds an item code outside the catalogue of {items} items.");
            }
        }
    }
}
