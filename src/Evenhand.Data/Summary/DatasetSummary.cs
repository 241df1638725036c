using Evenhand.Data.Columns;

namespace Evenhand.Data.Summary;

/// <summary>The figures of a data set that one looks at first: columns, users and items, group sizes, base rates and
/// missing values by group.</summary>
public sealed record DatasetSummary
{
    /// <summary>Name of the data set.</summary>
    public required string Name { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of its files, or null.</summary>
    public required string? Sha256 { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of users, or null where the rows name none.</summary>
    public required int? Users { get; init; }

    /// <summary>Number of items, or null where the rows name none.</summary>
    public required int? Items { get; init; }

    /// <summary>Different pairs of user and item as a share of all possible ones, from 0 to 1; null without users or
    /// items.</summary>
    public required double? Density { get; init; }

    /// <summary>The columns of rows, users and items.</summary>
    public required IReadOnlyList<ColumnSummary> Columns { get; init; }

    /// <summary>The label over all rows, or null where there is none.</summary>
    public required LabelSummary? Label { get; init; }

    /// <summary>The group attributes.</summary>
    public required IReadOnlyList<GroupAttributeSummary> Groups { get; init; }

    /// <summary>Computes the figures.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static DatasetSummary Of(Dataset data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DatasetSummary
        {
            Name = data.Name,
            Sha256 = data.Sha256,
            Rows = data.RowCount,
            Users = data.UserColumn?.Vocabulary.Count,
            Items = data.ItemColumn?.Vocabulary.Count,
            Density = ComputeDensity(data),
            Columns =
            [
                .. data.Rows.Columns.Select(c => ColumnSummary.Of(c, GroupSide.Row)),
                .. (data.Users?.Columns ?? []).Select(c => ColumnSummary.Of(c, GroupSide.User)),
                .. (data.Items?.Columns ?? []).Select(c => ColumnSummary.Of(c, GroupSide.Item)),
            ],
            Label = data.Label is { } label ? LabelSummary.Of(label) : null,
            Groups = [.. data.Groups.Select(g => GroupAttributeSummary.Of(data, g, cancellation))],
        };
    }

    private static double? ComputeDensity(Dataset data)
    {
        if (data.UserColumn is not { } users || data.ItemColumn is not { } items || data.RowCount == 0)
        {
            return null;
        }

        var pairs = new List<long>(data.RowCount);
        for (var row = 0; row < data.RowCount; row++)
        {
            if (users.Codes[row] >= 0 && items.Codes[row] >= 0)
            {
                pairs.Add(((long)users.Codes[row] * items.Vocabulary.Count) + items.Codes[row]);
            }
        }

        pairs.Sort();
        var different = 0L;
        for (var i = 0; i < pairs.Count; i++)
        {
            different += i == 0 || pairs[i] != pairs[i - 1] ? 1 : 0;
        }

        return different / ((double)users.Vocabulary.Count * items.Vocabulary.Count);
    }
}
