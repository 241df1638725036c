using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Splits;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Data;

/// <summary>What every split strategy keeps, whatever the data: the battery that each of them runs.</summary>
public static class SplitterConformance
{
    /// <summary>Data of 1 to 40 users, 1 to 20 items and 1 to 400 rows, so that small and empty users occur.</summary>
    public static Gen<Dataset> Data { get; } =
        from users in Gen.Choose(1, 40)
        from items in Gen.Choose(1, 20)
        from rows in Gen.Choose(1, 400)
        from seed in Gen.Choose(0, 1_000_000)
        select Datasets.RandomRatings(users, items, rows, seed);

    /// <summary>Runs the battery.</summary>
    public static void Check(SplitOptions options)
    {
        PartsAreDisjointAndComplete(options);
        SameSeedGivesSameSplit(options);
        NewSeedGivesNewSplit(options);
        PartsKnowWhatTheyAndEarlierOnesName(options);
        OrderOfRowsMovesNothing(options);
    }

    /// <summary>Checks a law on the split of generated data; data that is too small for the strategy must be refused
    /// with an <see cref="InputException"/>.</summary>
    public static void CheckLaw(SplitOptions options, Action<Dataset, DataSplit> law)
    {
        var split = 0;
        Properties.Check(Data, data =>
        {
            if (TrySplit(data, options, 1) is { } parts)
            {
                split++;
                law(data, parts);
            }
        });
        Assert.IsGreaterThan(20, split, "Most of the generated data was refused.");
    }

    /// <summary>The numbers of the rows that landed in a part.</summary>
    public static int[] RowsOf(Dataset part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return [.. ((NumericColumn)part.Rows[Datasets.RowColumn]).Values.ToArray().Select(v => (int)v)];
    }

    private static void PartsAreDisjointAndComplete(SplitOptions options) => CheckLaw(options, (data, split) =>
    {
        var rows = new[] { split.Train, split.Validation, split.Test }.SelectMany(RowsOf).Order();
        CollectionAssert.AreEqual(Enumerable.Range(0, data.RowCount).ToArray(), rows.ToArray());
        Assert.IsTrue(split.Train.RowCount > 0 && split.Validation.RowCount > 0 && split.Test.RowCount > 0);
    });

    private static void SameSeedGivesSameSplit(SplitOptions options) => CheckLaw(options, (data, split) =>
    {
        var again = Splitter.Split(data, options, new SeedTree(1));
        CollectionAssert.AreEqual(RowsOf(split.Train), RowsOf(again.Train));
        CollectionAssert.AreEqual(RowsOf(split.Validation), RowsOf(again.Validation));
        CollectionAssert.AreEqual(RowsOf(split.Test), RowsOf(again.Test));
    });

    private static void NewSeedGivesNewSplit(SplitOptions options)
    {
        if (options.Strategy == SplitStrategy.Time || options.Order == HoldOutOrder.Latest)
        {
            return;
        }

        var data = Datasets.RandomRatings(40, 20, 1_000, 0);
        var one = Splitter.Split(data, options, new SeedTree(1));
        var two = Splitter.Split(data, options, new SeedTree(2));
        CollectionAssert.AreNotEqual(RowsOf(one.Test), RowsOf(two.Test));
    }

    private static void PartsKnowWhatTheyAndEarlierOnesName(SplitOptions options) => CheckLaw(options, (data, split) =>
    {
        foreach (var find in new Func<Dataset, CategoricalColumn>[] { d => d.UserColumn!, d => d.ItemColumn! })
        {
            var known = new List<string>();
            foreach (var part in new[] { split.Train, split.Validation, split.Test })
            {
                var rows = RowsOf(part);
                var named = rows.Select(row => find(data).Format(row)!).ToArray();
                CollectionAssert.AreEqual(named, rows.Select((_, row) => find(part).Format(row)).ToArray());
                known.AddRange(named.Except(known).Order(StringComparer.Ordinal));
                CollectionAssert.AreEqual(known, find(part).Vocabulary.Values.ToArray());
            }
        }

        foreach (var part in new[] { split.Train, split.Validation, split.Test })
        {
            foreach (var group in part.Groups)
            {
                var whole = data.FindGroup(group.Name)!;
                CollectionAssert.AreEqual(
                    RowsOf(part).Select(row => Name(whole, data.GroupCodes(whole)[row])).ToArray(),
                    part.GroupCodes(group).Select(code => Name(group, code)).ToArray());
            }
        }

        static string? Name(GroupAttribute group, int code) => code < 0 ? null : group.Groups[code];
    });

    private static void OrderOfRowsMovesNothing(SplitOptions options) => CheckLaw(options, (data, split) =>
    {
        var shuffled = data.Select(new SeedTree(data.RowCount).CreateRandom().NextPermutation(data.RowCount));
        var again = Splitter.Split(shuffled, options, new SeedTree(1));
        CollectionAssert.AreEqual(RowsOf(split.Train), RowsOf(again.Train));
        CollectionAssert.AreEqual(RowsOf(split.Validation), RowsOf(again.Validation));
        CollectionAssert.AreEqual(RowsOf(split.Test), RowsOf(again.Test));
    });

    private static DataSplit? TrySplit(Dataset data, SplitOptions options, long seed)
    {
        try
        {
            return Splitter.Split(data, options, new SeedTree(seed));
        }
        catch (InputException)
        {
            return null;
        }
    }
}
