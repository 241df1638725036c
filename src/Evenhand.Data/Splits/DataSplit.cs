using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Splits;

/// <summary>The three parts of a data set. A code means the same in all of them, and each has codes only for what its
/// own rows and those of earlier parts name.</summary>
/// <param name="Train">Models are fitted on it.</param>
/// <param name="Validation">Models are compared and chosen on it.</param>
/// <param name="Test">Touched once, at the end.</param>
public sealed record DataSplit(Dataset Train, Dataset Validation, Dataset Test)
{
    /// <summary>The split that deals each row out as told.</summary>
    /// <remarks>
    /// <para>Whatever comes from more than one row is made for each part anew, from its rows and those of the parts
    /// before it: vocabularies (the train part's values in order, then what the others add), what rows say of their
    /// user or item, and what is computed from that. Counts (<see cref="FrequencyBands"/>) are those of the train part
    /// in all of them. So nothing of the validation and the test part shows in the train part, and nothing of the test
    /// part in the validation part.</para>
    /// <para>The rows of a part stand in an order that their values alone decide.</para>
    /// </remarks>
    /// <param name="data">The rows.</param>
    /// <param name="parts">The part of each row.</param>
    public static DataSplit Of(Dataset data, ReadOnlySpan<SplitPart> parts)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parts.Length, data.RowCount, nameof(parts));
        return Of(data, parts, RowOrder.Of(data));
    }

    /// <summary>The split of given parts, such as files that a publisher divided.</summary>
    /// <remarks>
    /// <para>Parts that were read one by one have vocabularies of their own; they are brought together, and split as
    /// <see cref="Of(Dataset, ReadOnlySpan{SplitPart})"/> does. What several parts say of a user or an item is taken
    /// from the first part that knows it, in the order train, validation, test.</para>
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
        var whole = PartConcatenation.Of(validation is null
            ? [("train", train), ("test", test)]
            : [("train", train), ("validation", validation), ("test", test)]);
        var parts = new SplitPart[whole.RowCount];
        parts.AsSpan(train.RowCount).Fill(SplitPart.Test);
        parts.AsSpan(train.RowCount, validation?.RowCount ?? 0).Fill(SplitPart.Validation);
        var order = RowOrder.Of(whole);
        if (validation is null)
        {
            var share = options.Validation / (options.Train + options.Validation);
            var shuffled = order.Shuffled(seeds.Fork("split/carve").CreateRandom().NextUInt64());
            foreach (var row in shuffled.Where(row => row < train.RowCount)
                .Take((int)Math.Round(share * train.RowCount)))
            {
                parts[row] = SplitPart.Validation;
            }
        }

        return Of(whole, parts, order).CheckNotEmpty();
    }

    /// <summary>Sixteen hexadecimal digits that tell which rows are in which part.</summary>
    public string Checksum()
    {
        var checksum = 0UL;
        foreach (var part in new[] { Train, Validation, Test })
        {
            foreach (var row in RowHashes.Of(part.Rows.Columns, [.. Enumerable.Range(0, part.RowCount)]))
            {
                checksum = RowHashes.Combine(checksum, row);
            }

            checksum = RowHashes.Combine(checksum, (ulong)part.RowCount);
        }

        return checksum.ToString("x16", CultureInfo.InvariantCulture);
    }

    internal static DataSplit Of(Dataset data, ReadOnlySpan<SplitPart> parts, RowOrder order)
    {
        var rows = new[] { new List<int>(), [], [] };
        foreach (var row in order.Rows)
        {
            rows[(int)parts[row]].Add(row);
        }

        var builder = new PartBuilder(data);
        return new DataSplit(builder.Add([.. rows[0]]), builder.Add([.. rows[1]]), builder.Add([.. rows[2]]));
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
