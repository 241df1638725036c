namespace Evenhand.Data.Splits;

/// <summary>How many rows of a cell go to each part.</summary>
internal readonly record struct PartCounts(int Train, int Validation, int Test)
{
    /// <summary>All rows of a cell of that size to training.</summary>
    public static PartCounts AllTrain(int rows) => new(rows, 0, 0);
}
