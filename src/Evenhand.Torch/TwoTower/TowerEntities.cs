using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Numerics;

namespace Evenhand.Torch.TwoTower;

/// <summary>The users, or items, of the training rows, and the features of them all.</summary>
/// <param name="Numbers">Number of each code, from 0 in the order of codes; -1 where it has no training row.</param>
/// <param name="Codes">Code of each number.</param>
/// <param name="Inputs">Makes features.</param>
/// <param name="Features">A row for each code.</param>
internal sealed record TowerEntities(int[] Numbers, int[] Codes, TowerInputs Inputs, SparseMatrix Features)
{
    /// <summary>How many of them have training rows; the features of their identities follow those of
    /// <see cref="Features"/>.</summary>
    public int Count => Codes.Length;

    /// <param name="train">The training data.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="codes">The code in each training row.</param>
    /// <param name="vocabulary">Number of codes.</param>
    /// <param name="options">Which columns are used.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static TowerEntities Of(
        Dataset train, GroupSide side, int[] codes, int vocabulary, TwoTowerOptions options, FitContext context)
    {
        var numbers = Number(codes, vocabulary);
        var occurring = Enumerable.Range(0, vocabulary).Where(code => numbers[code] >= 0).ToArray();
        var (inputs, features) = TowerInputs.Of(train, side, occurring, options, context);
        return new TowerEntities(numbers, occurring, inputs, features);
    }

    /// <summary>The features of some of them, for a step of the training.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="dropout">Share of those who are known by their features alone, where they have any.</param>
    /// <param name="random">Draws them.</param>
    public TowerBatch Batch(IReadOnlyList<int> numbers, double dropout, SeededRandom random)
    {
        var (features, values, owners) = (new List<long>(), new List<float>(), new List<long>());
        for (var i = 0; i < numbers.Count; i++)
        {
            var columns = Features.ColumnsOf(Codes[numbers[i]]);
            foreach (var column in columns)
            {
                features.Add(column);
            }

            values.AddRange(Features.ValuesOf(Codes[numbers[i]]));
            if (random.NextDouble() >= dropout || columns.IsEmpty)
            {
                features.Add(Features.ColumnCount + numbers[i]);
                values.Add(1);
            }

            owners.AddRange(Enumerable.Repeat((long)i, features.Count - owners.Count));
        }

        return new TowerBatch([.. features], [.. values], [.. owners], numbers.Count);
    }

    private static int[] Number(int[] codes, int vocabulary)
    {
        var numbers = new int[vocabulary];
        Array.Fill(numbers, -1);
        foreach (var (number, code) in codes.Distinct().Order().Index())
        {
            numbers[code] = number;
        }

        return numbers;
    }
}

/// <summary>The features of a batch of users, or items.</summary>
/// <param name="Features">Numbers of the features.</param>
/// <param name="Values">Their values.</param>
/// <param name="Owners">The place in the batch that each belongs to.</param>
/// <param name="Count">Size of the batch.</param>
internal sealed record TowerBatch(long[] Features, float[] Values, long[] Owners, int Count);
