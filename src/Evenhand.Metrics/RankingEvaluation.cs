namespace Evenhand.Metrics;

/// <summary>One ranked list for each user, and the held-out items that are relevant to that user. One row is one
/// user.</summary>
/// <param name="Users">Code of each user; only carried along.</param>
/// <param name="Rankings">Distinct item codes of each user, best first, taken from the full catalogue with the user's
/// training items masked by the caller; at least as long as the largest k asked for, unless the catalogue is
/// shorter.</param>
/// <param name="Relevant">Relevant item codes of each user. Users without any are left out of every figure and
/// count.</param>
public sealed record RankingEvaluation(int[] Users, int[][] Rankings, int[][] Relevant) : EvaluationData
{
    /// <inheritdoc/>
    public override int Count => Users.Length;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Ranking;

    internal override double[]? RowWeights => null;

    internal override void Validate()
    {
        base.Validate();
        CheckLength(Rankings.Length, nameof(Rankings));
        CheckLength(Relevant.Length, nameof(Relevant));
        CheckCodes(Rankings, nameof(Rankings));
        CheckCodes(Relevant, nameof(Relevant));
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
        };

    internal static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    private static void CheckCodes(int[][] lists, string name)
    {
        for (var row = 0; row < lists.Length; row++)
        {
            if (lists[row] is null || Array.Exists(lists[row], item => item < 0))
            {
                throw new ArgumentException($"{name}[{row}] is null or holds a negative item code.");
            }
        }
    }
}
