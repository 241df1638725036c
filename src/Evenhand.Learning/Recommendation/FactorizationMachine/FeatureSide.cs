using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>The users, or items, of the training rows with all their features.</summary>
/// <remarks>Features are, in this order: what the columns say; each partner of its training rows where wanted, with a
/// value of <c>|N|^-1/2</c> for N partners (Koren 2008); the entity itself. What is shared comes first, so that
/// coordinate descent leaves to single entities only what is theirs alone. Entities are numbered from 0 in the order of
/// their codes.</remarks>
internal sealed class FeatureSide
{
    private FeatureSide(int[] codes, EntityFeatures columns, SparseMatrix features, int[] groupStarts)
    {
        Codes = codes;
        Columns = columns;
        Features = features;
        GroupStarts = groupStarts;
    }

    /// <summary>Code of each entity.</summary>
    public int[] Codes { get; }

    /// <summary>Number of entities.</summary>
    public int Count => Codes.Length;

    /// <summary>What the columns say.</summary>
    public EntityFeatures Columns { get; }

    /// <summary>Entities times features.</summary>
    public SparseMatrix Features { get; }

    /// <summary>First feature of each group of features that are alike (one column each, partners, entities), and the
    /// number of features at the end.</summary>
    public int[] GroupStarts { get; }

    /// <summary>Numbers the codes that occur; -1 for the others.</summary>
    public static int[] Number(ReadOnlySpan<int> codes, int vocabulary)
    {
        var numbers = new int[vocabulary];
        Array.Fill(numbers, -1);
        foreach (var code in codes)
        {
            numbers[code] = 0;
        }

        var count = 0;
        foreach (ref var number in numbers.AsSpan())
        {
            number = number < 0 ? -1 : count++;
        }

        return numbers;
    }

    /// <param name="data">The training data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="numbers">Number of each code.</param>
    /// <param name="own">Number of this side's entity in each row.</param>
    /// <param name="partners">Number of the other side's entity in each row; null where partners are no
    /// features.</param>
    /// <param name="partnerCount">Number of entities of the other side.</param>
    /// <param name="options">Which columns are used.</param>
    public static FeatureSide Of(
        Dataset data,
        GroupSide side,
        int[] numbers,
        int[] own,
        int[]? partners,
        int partnerCount,
        FactorizationMachineOptions options)
    {
        var codes = Enumerable.Range(0, numbers.Length).Where(code => numbers[code] >= 0).ToArray();
        var columns = EntityFeatures.Of(
            data,
            side,
            codes,
            side == GroupSide.User ? options.UseUserFeatures : options.UseItemFeatures,
            options.UseGroupAttributes);
        var groups = new List<int> { 0 };
        foreach (var column in columns.Columns)
        {
            groups.Add(groups[^1] + column.Count);
        }

        if (partners is not null)
        {
            groups.Add(groups[^1] + partnerCount);
        }

        groups.Add(groups[^1] + codes.Length);
        var described = columns.Encode(data, side, codes);
        var rows = partners is null ? null : EntityIndex.Of(own, partners, codes.Length);
        var starts = new int[codes.Length + 1];
        var features = new List<int>();
        var values = new List<float>();
        for (var entity = 0; entity < codes.Length; entity++)
        {
            features.AddRange(described.ColumnsOf(entity));
            values.AddRange(described.ValuesOf(entity));
            if (rows is not null)
            {
                var met = rows.RowsOf(entity).ToArray().Select(row => partners![row]).Distinct().Order().ToArray();
                features.AddRange(met.Select(partner => columns.Count + partner));
                values.AddRange(Enumerable.Repeat((float)(1 / Math.Sqrt(met.Length)), met.Length));
            }

            features.Add(groups[^2] + entity);
            values.Add(1);
            starts[entity + 1] = features.Count;
        }

        var matrix = new SparseMatrix(starts, [.. features], [.. values], groups[^1]);
        return new FeatureSide(codes, columns, matrix, [.. groups]);
    }
}
