using Evenhand.Metrics.Statistics;

namespace Evenhand.Learning.Mitigations.Post.FaIr;

/// <summary>Merges protected and other candidates by score under a minimum for each prefix.</summary>
/// <param name="options">The options.</param>
/// <param name="proportion">Minimum proportion p of protected items, in [0, 1].</param>
/// <param name="isProtected">Whether each item of the model is protected.</param>
internal sealed class FaIrReranker(FaIrOptions options, double proportion, bool[] isProtected)
    : UserReranker<FaIrOptions>(options)
{
    public override string MitigationName => FaIr.MitigationName;

    public static FaIrReranker Read(ModelReader reader) => new(
        reader.ReadOptions<FaIrOptions>(),
        reader.ReadDouble("proportion"),
        Array.ConvertAll(reader.ReadArray<int>("protected"), flag => flag != 0));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        writer.Write("proportion", proportion);
        writer.Write<int>("protected", Array.ConvertAll(isProtected, flag => flag ? 1 : 0));
    }

    protected override ListRule RuleFor(int k)
    {
        // Adjusted minima depend on the length of the list: they are those of k, also where candidates are fewer.
        var minima = FairTopK.MinimumProtected(Math.Min(k, isProtected.Length), proportion, Options.Alpha);
        return (user, length) => Merge(user.Items, length, minima);
    }

    private int[] Merge(int[] items, int length, int[] minima)
    {
        var list = new int[length];
        var (first, other) = (Next(items, 0, true), Next(items, 0, false));
        var count = 0;
        for (var place = 0; place < length; place++)
        {
            // Candidates stand in order of their scores, so the one that comes first is the better one.
            if (first < items.Length && (count < minima[place] || first < other))
            {
                list[place] = items[first];
                first = Next(items, first + 1, true);
                count++;
            }
            else
            {
                list[place] = items[other];
                other = Next(items, other + 1, false);
            }
        }

        return list;
    }

    // The place of the next candidate that is protected, or is not; the number of candidates where there is none.
    private int Next(int[] items, int from, bool wanted)
    {
        while (from < items.Length && isProtected[items[from]] != wanted)
        {
            from++;
        }

        return from;
    }
}
