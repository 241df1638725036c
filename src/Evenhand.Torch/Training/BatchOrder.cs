using Evenhand.Configuration.Randomness;

namespace Evenhand.Torch.Training;

/// <summary>The batches of an epoch. They depend on the seed and the epoch's number alone, so a training can be taken
/// up at any of them.</summary>
/// <param name="Texts">The texts, of which the lengths count.</param>
/// <param name="Rows">Numbers of the rows that are learned from.</param>
/// <param name="BatchSize">Rows of a batch; the last one may be smaller.</param>
/// <param name="Bucketing">Whether texts of like length come together, so that less is filled up.</param>
internal sealed record BatchOrder(TokenizedTexts Texts, int[] Rows, int BatchSize, bool Bucketing)
{
    // Sorted by length within so many batches at a time: batches still differ from epoch to epoch.
    private const int BatchesPerChunk = 50;

    /// <summary>The rows of each batch: shuffled, then, with bucketing, sorted by length within chunks of batches, and
    /// the batches shuffled.</summary>
    /// <param name="seeds">The randomness of the epoch.</param>
    public int[][] Batches(SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var order = Array.ConvertAll(random.NextPermutation(Rows.Length), i => Rows[i]);
        var chunk = BatchSize * BatchesPerChunk;
        for (var start = 0; Bucketing && start < order.Length; start += chunk)
        {
            var part = order.AsSpan(start, Math.Min(chunk, order.Length - start));
            var sorted = part.ToArray().OrderBy(Texts.Length).ToArray();
            sorted.CopyTo(part);
        }

        var batches = order.Chunk(BatchSize).ToArray();
        return Bucketing ? Array.ConvertAll(random.NextPermutation(batches.Length), i => batches[i]) : batches;
    }

    /// <summary>The rows in batches of like length, for passes in which the order does not matter.</summary>
    public int[][] SortedBatches() => [.. Rows.OrderBy(Texts.Length).Chunk(BatchSize)];
}
