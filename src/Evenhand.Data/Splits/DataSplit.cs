namespace Evenhand.Data;

/// <summary>The three parts of a data set. They share vocabularies, so codes mean the same in all of them.</summary>
/// <param name="Train">Models are fitted on it.</param>
/// <param name="Validation">Models are compared and chosen on it.</param>
/// <param name="Test">Touched once, at the end.</param>
public sealed record DataSplit(Dataset Train, Dataset Validation, Dataset Test)
{
    /// <summary>The split of given parts, such as files that a publisher divided.</summary>
    /// <remarks>
    /// <para>Parts that were read one by one have vocabularies of their own; they are mapped onto common ones (the
    /// train part's values first, then what the others add), with one user and one item table. What several parts say
    /// of a user or an item is taken from the first part that knows it, in the order train, validation, test.</para>
    /// <para>Without a validation part, <see cref="SplitOptions.Validation"/> / (<see cref="SplitOptions.Train"/> +
    /// <see cref="SplitOptions.Validation"/>) of the train rows, drawn at random, become it.</para>
    /// </remarks>
    /// <param name="train">The rows for training.</param>
    /// <param name="validation">The rows for validation; null to carve them from <paramref name="train"/>.</param>
    /// <param name="test">The rows for the test.</param>
    /// <param name="options">Shares for the carving.</param>
    /// <param name="seeds">Source of randomness for the carving.</param>
    /// <exception cref="InputException">A part is empty, or lacks a column or group that the train part
    /// has.</exception>
    public static DataSplit FromParts(
        Dataset train, Dataset? validation, Dataset test, SplitOptions options, SeedTree seeds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        if (validation is null)
        {
            var aligned = VocabularyAlignment.Align([("train", train), ("test", test)]);
            var (kept, carved) = Carve(aligned[0], options, seeds);
            return new DataSplit(kept, carved, aligned[1]).CheckNotEmpty();
        }

        var parts = VocabularyAlignment.Align([("train", train), ("validation", validation), ("test", test)]);
        return new DataSplit(parts[0], parts[1], parts[2]).CheckNotEmpty();
    }

    private static (Dataset Kept, Dataset Carved) Carve(Dataset train, SplitOptions options, SeedTree seeds)
    {
        var order = seeds.Fork("split/carve").CreateRandom().NextPermutation(train.RowCount);
        var share = options.Validation / (options.Train + options.Validation);
        var size = (int)Math.Round(share * train.RowCount);
        Array.Sort(order, 0, size);
        Array.Sort(order, size, order.Length - size);
        return (train.Select(order.AsSpan(size)), train.Select(order.AsSpan(0, size)));
    }

    private DataSplit CheckNotEmpty()
    {
        foreach (var (part, data) in new[] { ("train", Train), ("validation", Validation), ("test", Test) })
        {
            if (data.RowCount == 0)
            {
                throw new InputException(
                    $"The {part} part of '{Train.Name}' has no rows; every part needs at least one.");
            }
        }

        return this;
    }
}
