using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Splits;

/// <summary>Splits a data set into train, validation and test parts. Every row lands in exactly one of them.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Shares are exact to one row: over all rows (random), in every cell (stratified) or for every user (per-user).
/// The rounding favours no row and is balanced over cells and users of one size, so that the whole has its shares
/// too.</item>
/// <item>stratified: a cell is one combination of groups and label, a missing value being one of its own. A numeric
/// label of more than ten distinct values is cut into ten bins of equal count. A row whose label is a set of categories
/// stands for the rarest of them: the labels that chance would spread worst are spread exactly, as in the first rounds
/// of iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011), and frequent ones nearly.</item>
/// <item>leave-k-out: users of fewer than 2 k + 1 rows stay in train altogether.</item>
/// <item>user-k-fold (LensKit's partition of users; Ekstrand 2020): users are dealt into folds at random, sizes
/// differing by at most one. A test user gives k rows, or the fraction (rounded, at least one), to test; a user of the
/// next fold gives as many to validation; the rest trains. Users who would have no row left stay in train
/// altogether.</item>
/// <item>per-user: users whose train share is less than one row stay in train altogether.</item>
/// <item>time: rows of one moment stay together; validation is later than all of train, and test than all of
/// validation.</item>
/// <item>Rows without a user stay in train where the strategy goes by users.</item>
/// <item>The order of the rows, and that in which users, items and classes first appear, move nothing: chance comes
/// from the values of a row's key (<see cref="RowOrder"/>) and from the names of users and groups, and the rows of a
/// part stand in an order that depends on them alone.</item>
/// <item>What is derived from several rows is derived for each part anew, see
/// <see cref="DataSplit.Of(Dataset, ReadOnlySpan{SplitPart})"/>.</item>
/// </list>
/// </remarks>
public static class Splitter
{
    /// <summary>Splits the data.</summary>
    /// <param name="data">What is split.</param>
    /// <param name="options">How.</param>
    /// <param name="seeds">Source of randomness; the same seed gives the same split.</param>
    /// <exception cref="InputException">The options are wrong or do not fit the data, or a part would be
    /// empty.</exception>
    /// <exception cref="ArgumentException">The strategy is <see cref="SplitStrategy.Files"/>: see
    /// <see cref="DataSplit.FromParts"/>.</exception>
    public static DataSplit Split(Dataset data, SplitOptions options, SeedTree seeds)
    {
        var order = new Lazy<RowOrder>(() => RowOrder.Of(data));
        return DataSplit.Of(data, Assign(data, options, seeds, order), order.Value);
    }

    /// <summary>The part of each row.</summary>
    /// <inheritdoc cref="Split" path="/param"/>
    /// <inheritdoc cref="Split" path="/exception"/>
    public static SplitPart[] Assign(Dataset data, SplitOptions options, SeedTree seeds) =>
        Assign(data, options, seeds, new Lazy<RowOrder>(() => RowOrder.Of(data)));

    private static SplitPart[] Assign(Dataset data, SplitOptions options, SeedTree seeds, Lazy<RowOrder> rowOrder)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        if (options.Strategy == SplitStrategy.Files)
        {
            throw new ArgumentException("Given files are parts already: use DataSplit.FromParts.", nameof(options));
        }

        options.Check();
        var random = seeds.Fork("split").CreateRandom();
        var parts = new SplitPart[data.RowCount];
        var shares = new ShareRounding(options.Train, options.Validation, random.NextDouble());
        var (rowSeed, cellSeed) = (random.NextUInt64(), random.NextUInt64());
        switch (options.Strategy)
        {
            case SplitStrategy.Random:
                Deal(parts, new int[parts.Length], [0], Order(), (_, n) => shares.Next(n));
                break;
            case SplitStrategy.Stratified:
                var (cells, names) = StratificationCells.Of(data, options.StratifyBy);
                Deal(parts, cells, Chances(names, cellSeed), Order(), (_, n) => shares.Next(n));
                break;
            case SplitStrategy.Time:
                var times = Times(data, options);
                TimeCuts.Assign(parts, times, Order(), options.Train, options.Validation);
                break;
            default:
                var users = Users(data, options);
                var chances = Chances(RowHashes.Of(users.Vocabulary), cellSeed);
                Deal(parts, users.Codes, chances, Order(), PerUser(options, shares, chances));
                break;
        }

        CheckNotEmpty(data, options, parts);
        return parts;

        int[] Order() => OrderOf(data, options, rowOrder.Value.Shuffled(rowSeed));
    }

    // Chance for each cell, or user, that depends on its name alone.
    private static ulong[] Chances(ulong[] names, ulong seed) =>
        Array.ConvertAll(names, name => SeedTree.Mix(name ^ seed));

    private static Func<int, int, PartCounts> PerUser(
        SplitOptions options, ShareRounding shares, ulong[] chances)
    {
        switch (options.Strategy)
        {
            case SplitStrategy.LeaveKOut:
                var k = options.K;
                return (_, n) => n > 2L * k ? new PartCounts(n - (2 * k), k, k) : PartCounts.AllTrain(n);
            case SplitStrategy.PerUser:
                return (_, n) => options.Train * n < 1 ? PartCounts.AllTrain(n) : shares.Next(n);
            case SplitStrategy.UserKFold:
                int[] drawn = [.. Enumerable.Range(0, chances.Length)];
                Array.Sort(chances.ToArray(), drawn);
                var places = new int[drawn.Length];
                for (var place = 0; place < drawn.Length; place++)
                {
                    places[drawn[place]] = place;
                }

                return (user, n) =>
                {
                    var fold = places[user] % options.Folds;
                    var held = options.Fraction is { } fraction
                        ? Math.Max(1, (int)Math.Round(fraction * n))
                        : options.K;
                    return held >= n ? PartCounts.AllTrain(n)
                        : fold == options.Fold ? new PartCounts(n - held, 0, held)
                        : fold == (options.Fold + 1) % options.Folds ? new PartCounts(n - held, held, 0)
                        : PartCounts.AllTrain(n);
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Strategy, "Not a strategy.");
        }
    }

    // Deals out every cell by its counts: the first rows of the order to train, the last to test. Cells of one size
    // come one after another, which balances their rounding, and among them in random order.
    private static void Deal(
        SplitPart[] parts,
        ReadOnlySpan<int> cells,
        ulong[] chances,
        int[] order,
        Func<int, int, PartCounts> allocate)
    {
        var index = new CellIndex(cells, chances.Length, order);
        int[] visit = [.. Enumerable.Range(0, chances.Length)];
        var sizes = Array.ConvertAll(visit, cell => (Size: index[cell].Length, Chance: chances[cell]));

        Array.Sort(sizes, visit);
        foreach (var cell in visit)
        {
            var rows = index[cell];
            var counts = allocate(cell, rows.Length);
            foreach (var row in rows[counts.Train..])
            {
                parts[row] = SplitPart.Validation;
            }

            foreach (var row in rows[(counts.Train + counts.Validation)..])
            {
                parts[row] = SplitPart.Test;
            }
        }
    }

    // All rows at random, or by time with ties at random.
    private static int[] OrderOf(Dataset data, SplitOptions options, int[] order)
    {
        var byTime = options.Strategy == SplitStrategy.Time
            || (options.Order == HoldOutOrder.Latest && UsesOrder(options.Strategy));
        if (byTime)
        {
            var times = Times(data, options);
            var keys = new (double Time, int Tie)[order.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = (times[order[i]], i);
            }

            Array.Sort(keys, order);
        }

        return order;
    }

    private static bool UsesOrder(SplitStrategy strategy) => strategy
        is SplitStrategy.LeaveKOut or SplitStrategy.UserKFold or SplitStrategy.PerUser;

    private static ReadOnlySpan<double> Times(Dataset data, SplitOptions options)
    {
        var what = options.Strategy == SplitStrategy.Time ? "Strategy 'time'" : "Order 'latest'";
        if (data.Time is not { } time)
        {
            throw new InputException($"{what} needs a column with the time role, and '{data.Name}' has none.");
        }

        if (time.MissingCount > 0)
        {
            throw new InputException(
                $"{what} needs a time in every row, and {time.MissingCount} rows of '{data.Name}' have none.");
        }

        return time.Values;
    }

    private static CategoricalColumn Users(Dataset data, SplitOptions options) =>
        data.UserColumn ?? throw new InputException(
            $"Strategy '{SplitProblems.NameOf(options.Strategy)}' needs a column with the user role, "
            + $"and '{data.Name}' has none.");

    private static void CheckNotEmpty(Dataset data, SplitOptions options, ReadOnlySpan<SplitPart> parts)
    {
        foreach (var part in Enum.GetValues<SplitPart>())
        {
            if (!parts.Contains(part))
            {
                var why = options.Strategy switch
                {
                    SplitStrategy.LeaveKOut => $" A user needs {(2L * options.K) + 1} rows where k is {options.K}.",
                    SplitStrategy.UserKFold => " Try fewer folds, or hold out less of each user.",
                    SplitStrategy.PerUser => " The users have too few rows for these shares.",
                    SplitStrategy.Time => " Rows of one moment stay together: too few moments differ.",
                    _ => " There are too few rows for these shares.",
                };
                var name = JsonNamingPolicy.KebabCaseLower.ConvertName(part.ToString());
                throw new InputException(
                    $"Strategy '{SplitProblems.NameOf(options.Strategy)}' leaves no row for the {name} part of "
                    + $"'{data.Name}' ({data.RowCount} rows).{why}");
            }
        }
    }
}
