namespace Evenhand.Experiments.Predicting;

/// <summary>Predictions as a table.</summary>
/// <param name="Heading">Names of the columns.</param>
/// <param name="Rows">Rows of texts and numbers (double), a cell for each column.</param>
public sealed record PredictionTable(IReadOnlyList<string> Heading, IReadOnlyList<IReadOnlyList<object>> Rows)
{
    /// <summary>Name of the column that says what of a row the model does not know: <c>user</c>, <c>item</c>,
    /// <c>user and item</c>, or nothing. Only tables of recommenders have it.</summary>
    public const string UnknownColumn = "unknown";

    /// <summary>The users of the file that the model does not know, among all of the file.</summary>
    /// <value>Default: none of none.</value>
    public UnknownCount Users { get; init; }

    /// <summary>The items of the file that the model does not know, among all of the file.</summary>
    /// <value>Default: none of none.</value>
    public UnknownCount Items { get; init; }

    /// <summary>Rows of the table that rest on an unknown user or item.</summary>
    public int UnknownRows => Heading is [.., UnknownColumn] ? Rows.Count(row => row[^1] is not "") : 0;
}

/// <summary>How many of the distinct users or items of a file a model does not know.</summary>
/// <param name="Unknown">Those that it does not know.</param>
/// <param name="All">All of the file.</param>
public readonly record struct UnknownCount(int Unknown, int All);
