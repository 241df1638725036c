using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;

namespace Evenhand.Experiments.Files;

/// <summary>The item attribute <c>popularity-band</c>, which every experiment with items has without a column: head,
/// middle and tail by the number of training rows.</summary>
/// <remarks>The head holds the first 20 % of the training rows, most popular items first and ties by name, the
/// tail the last 20 % (Abdollahpouri et al. 2021, User-centered evaluation of popularity bias in
/// recommender systems, section 3). Items without a training row belong to the tail.</remarks>
internal static class PopularityBands
{
    /// <summary>Name under <c>data.groups.item</c>. An attribute of the data of that name goes before.</summary>
    public const string Name = "popularity-band";

    private const double HeadShare = 0.2;
    private const double TailShare = 0.2;
    private const int Tail = 2;

    private static readonly Vocabulary Bands = new(["head", "middle", "tail"]);

    /// <summary>Whether an entry of <c>data.groups</c> means these bands.</summary>
    /// <param name="side">Whose attribute the entry says it is.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="known">The data's own attributes of that side.</param>
    public static bool IsAskedFor(GroupSide side, string entry, IEnumerable<string> known) =>
        side == GroupSide.Item && entry == Name && !known.Contains(Name);

    /// <summary>The same parts with the attribute, computed from the training part.</summary>
    public static DataSplit AddTo(DataSplit split)
    {
        var training = Codes(split.Train);
        return new DataSplit(With(split.Train), With(split.Validation), With(split.Test));

        Dataset With(Dataset part)
        {
            var codes = new int[part.ItemColumn!.Vocabulary.Count];
            Array.Fill(codes, Tail);
            training.CopyTo(codes, 0);
            return part.WithGroups(
            [
                .. part.Groups,
                new GroupAttribute(
                    Name, GroupSide.Item, new CategoricalColumn(Name, codes, Bands, ColumnRoles.Group)),
            ]);
        }
    }

    private static int[] Codes(Dataset train)
    {
        var rows = new int[train.ItemColumn!.Vocabulary.Count];
        var total = 0;
        foreach (var item in train.ItemColumn.Codes)
        {
            if (item >= 0)
            {
                rows[item]++;
                total++;
            }
        }

        var codes = new int[rows.Length];
        var before = 0;
        foreach (var item in Enumerable.Range(0, rows.Length).OrderByDescending(item => rows[item]).ThenBy(item => item))
        {
            codes[item] = before < HeadShare * total ? 0 : before < (1 - TailShare) * total ? 1 : Tail;
            before += rows[item];
        }

        return codes;
    }
}
