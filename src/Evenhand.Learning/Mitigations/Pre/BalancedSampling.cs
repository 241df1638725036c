using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Draws the training rows so that groups have equally many.</summary>
/// <remarks>
/// <para>A group of n rows gets <c>n (m / n)^strength</c> rows, where m is the size of the largest group (oversampling)
/// or of the smallest (undersampling): every row the whole number of times that this asks for, and a random part of the
/// rows once more. Rows of unknown group stay as they are. The order of the rows is kept.</para>
/// <para>M. Ekstrand et al., "All the cool kids, how do they fit in?", FAT* 2018 (groups of
/// users are resampled to one size).</para>
/// </remarks>
/// <param name="options">Group, method and strength.</param>
public sealed class BalancedSampling(BalancedSamplingOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<BalancedSamplingOptions>(
        MitigationName,
        "Repeats or leaves out rows until the groups are as large as each other.",
        TaskKinds.Every,
        options => new BalancedSampling(options),
        MitigationStage.Pre);

    internal const string MitigationName = "balanced-sampling";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var group = FindGroup(train, options.Group, GroupSide.User, GroupSide.Item, GroupSide.Row);
        var codes = train.GroupCodes(group);
        var sizes = new int[group.Groups.Count];
        foreach (var code in codes)
        {
            if (code >= 0)
            {
                sizes[code]++;
            }
        }

        var present = sizes.Where(size => size > 0).ToArray();
        if (present.Length < 2)
        {
            return train;
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        var target = options.Method == BalancedSamplingMethod.Oversample ? present.Max() : present.Min();
        var ratios = Array.ConvertAll(
            sizes, size => size == 0 ? 1 : Math.Pow((double)target / size, options.Strength));
        return train.Select([.. Draw(codes, sizes, ratios, context.Seeds.CreateRandom())]);
    }

    private static IEnumerable<int> Draw(int[] codes, int[] sizes, double[] ratios, SeededRandom random)
    {
        // How many of a group's rows come once more, and how many rows of the group are still to be seen: each subset
        // of the right size is equally likely (Knuth, The Art of Computer Programming 2, algorithm S).
        var extra = new int[sizes.Length];
        var left = sizes.AsSpan().ToArray();
        for (var group = 0; group < sizes.Length; group++)
        {
            extra[group] = (int)Math.Round(sizes[group] * (ratios[group] - Math.Floor(ratios[group])));
        }

        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            var times = 1;
            if (code >= 0)
            {
                times = (int)Math.Floor(ratios[code]);
                if (random.Next(left[code]--) < extra[code])
                {
                    extra[code]--;
                    times++;
                }
            }

            for (var time = 0; time < times; time++)
            {
                yield return row;
            }
        }
    }
}
