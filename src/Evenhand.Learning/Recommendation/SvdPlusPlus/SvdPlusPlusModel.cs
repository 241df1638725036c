using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>Biases and factors of users and items, and factors that an item lends to those who rated it.</summary>
public sealed class SvdPlusPlusModel : RatingFactorModel, IFoldIn
{
    internal const string Name = "svd-plus-plus";

    private readonly SvdPlusPlusOptions _options;
    private readonly FactorTable _ratedFactors;

    private SvdPlusPlusModel(SvdPlusPlusOptions options, RatingFactors factors, FactorTable ratedFactors)
        : base(factors, factors.Labels.Mean, options.ClipToLabelRange) =>
        (_options, _ratedFactors) = (options, ratedFactors);

    /// <inheritdoc/>
    public bool NeedsLabels => false;

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>Scores all items for a user who was not there in training: by the factors <c>|N|^-1/2 sum y</c>, with
    /// no part of the user's own. Labels are not read.</summary>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        FoldInArguments.Check(items, labels, scores, Items.Count, NeedsLabels);
        var factors = new FactorTable(1, _ratedFactors.Rank);
        SvdPlusPlusKernel.Sum(
            _ratedFactors, items, items.IsEmpty ? 0 : (float)(1 / Math.Sqrt(items.Length)), factors.Padded(0));
        Score(factors.Padded(0), scores);
    }

    /// <summary>The model of fitted factors, which become its own; null where one of them is not finite.</summary>
    internal static SvdPlusPlusModel? Of(
        SvdPlusPlusOptions options,
        Interactions rows,
        LabelScale labels,
        SvdPlusPlusKernel kernel,
        RatedItems[] ratings)
    {
        var (users, items, rated) = (kernel.Users, kernel.Items, kernel.Rated);
        var seen = new bool[items.Rows];
        for (var user = 0; user < users.Rows; user++)
        {
            // What the user's items lend is summed up once. Those without ratings keep nothing of how they began.
            var sum = new float[rated.Stride];
            SvdPlusPlusKernel.Sum(rated, ratings[user].Items, ratings[user].Norm, sum);
            if (ratings[user].Items.Length == 0)
            {
                users.Padded(user).Clear();
            }

            FloatVectors.AddScaled(1, sum, users.Padded(user));
            foreach (var item in ratings[user].Items)
            {
                seen[item] = true;
            }
        }

        for (var item = 0; item < items.Rows; item++)
        {
            if (!seen[item])
            {
                items.Padded(item).Clear();
                rated.Padded(item).Clear();
            }
        }

        // A sum of n vectors over the root of n is at most root n times as long as the longest.
        var longest = Math.Max(users.LargestLength(), rated.LargestLength() * Math.Sqrt(items.Rows));
        return longest * items.LargestLength() < float.MaxValue
            && Array.TrueForAll(kernel.UserBiases, float.IsFinite)
            && Array.TrueForAll(kernel.ItemBiases, float.IsFinite)
            ? new SvdPlusPlusModel(
                options,
                new RatingFactors(
                    rows.Users,
                    rows.Items,
                    labels,
                    FactorSide.ByCode(users, kernel.UserBiases),
                    FactorSide.ByCode(items, kernel.ItemBiases)),
                rated)
            : null;
    }

    internal static SvdPlusPlusModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<SvdPlusPlusOptions>();
        var factors = RatingFactors.Read(reader, options.ApproximationRank);
        return new SvdPlusPlusModel(
            options,
            factors,
            FactorTable.Read(reader, "ratedFactors", factors.Items.Count, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        WriteFactors(writer);
        _ratedFactors.Write(writer, "ratedFactors");
    }
}
