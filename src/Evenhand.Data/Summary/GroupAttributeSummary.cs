using Evenhand.Data.Columns;

namespace Evenhand.Data.Summary;

/// <summary>Figures of a group attribute.</summary>
public sealed record GroupAttributeSummary
{
    /// <summary>Name of the attribute.</summary>
    public required string Name { get; init; }

    /// <summary>Whose attribute it is.</summary>
    public required GroupSide Side { get; init; }

    /// <summary>Rows, users or items (by side) of which the group is not known.</summary>
    public required int Unknown { get; init; }

    /// <summary>Rows of which the group is not known.</summary>
    public required int UnknownRows { get; init; }

    /// <summary>The groups, in the order of their codes.</summary>
    public required IReadOnlyList<GroupSummary> Groups { get; init; }

    /// <summary>Computes the figures of an attribute.</summary>
    internal static GroupAttributeSummary Of(Dataset data, GroupAttribute attribute, CancellationToken cancellation)
    {
        var codes = data.GroupCodes(attribute);
        var rows = new int[attribute.Groups.Count];
        foreach (var code in codes)
        {
            if (code >= 0)
            {
                rows[code]++;
            }
        }

        var members = new int[rows.Length];
        foreach (var code in attribute.Column.Codes)
        {
            if (code >= 0)
            {
                members[code]++;
            }
        }

        var means = LabelMeans(data.Label as NumericColumn, codes, rows.Length);
        var missing = MissingShares(data, codes, rows, cancellation);
        return new GroupAttributeSummary
        {
            Name = attribute.Name,
            Side = attribute.Side,
            Unknown = attribute.Column.MissingCount,
            UnknownRows = codes.Count(c => c < 0),
            Groups =
            [
                .. attribute.Groups.Select((name, group) => new GroupSummary
                {
                    Name = name,
                    Members = members[group],
                    Rows = rows[group],
                    RowShare = codes.Length == 0 ? 0 : (double)rows[group] / codes.Length,
                    LabelMean = means[group],
                    Missing = missing.ToDictionary(m => m.Key, m => m.Value[group], StringComparer.Ordinal),
                }),
            ],
        };
    }

    private static double?[] LabelMeans(NumericColumn? label, int[] codes, int groups)
    {
        var sums = new double[groups];
        var counts = new int[groups];
        for (var row = 0; label is not null && row < codes.Length; row++)
        {
            if (codes[row] >= 0 && !double.IsNaN(label.Values[row]))
            {
                sums[codes[row]] += label.Values[row];
                counts[codes[row]]++;
            }
        }

        return [.. sums.Select((sum, group) => counts[group] == 0 ? (double?)null : sum / counts[group])];
    }

    // Columns of users and items are looked at through the rows, so that all shares are of rows.
    private static Dictionary<string, double[]> MissingShares(
        Dataset data, int[] codes, int[] rows, CancellationToken cancellation)
    {
        var shares = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var sides = new (Table? Table, CategoricalColumn? Key)[]
        {
            (data.Rows, null), (data.Users, data.UserColumn), (data.Items, data.ItemColumn),
        };
        foreach (var (table, key) in sides)
        {
            foreach (var column in (table?.Columns ?? []).Where(c => c.MissingCount > 0))
            {
                cancellation.ThrowIfCancellationRequested();
                var counts = new int[rows.Length];
                for (var row = 0; row < codes.Length; row++)
                {
                    var at = key is null ? row : key.Codes[row];
                    if (codes[row] >= 0 && (at < 0 || column.IsMissing(at)))
                    {
                        counts[codes[row]]++;
                    }
                }

                // A name that rows and users share is told once, for the rows.
                var ofRows = counts.Select((count, group) => rows[group] == 0 ? 0 : (double)count / rows[group]);
                shares.TryAdd(column.Name, [.. ofRows]);
            }
        }

        return shares;
    }
}

/// <summary>Figures of one group.</summary>
public sealed record GroupSummary
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>Rows, users or items (by the side of the attribute) of the group.</summary>
    public required int Members { get; init; }

    /// <summary>Rows of the group.</summary>
    public required int Rows { get; init; }

    /// <summary>Those rows as a share of all, from 0 to 1.</summary>
    public required double RowShare { get; init; }

    /// <summary>Mean of a numeric label over the rows of the group, its base rate where labels are 0 and 1; null where
    /// there is none.</summary>
    public required double? LabelMean { get; init; }

    /// <summary>For each column that has missing values: the share of the rows of the group without one, from 0 to
    /// 1.</summary>
    public required IReadOnlyDictionary<string, double> Missing { get; init; }
}
