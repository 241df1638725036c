using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>Biases and factors of users and items, and factors that an item lends to those who rated it.</summary>
public sealed class SvdPlusPlusModel : FactorModel, IFoldIn
{
    internal const string Name = "svd-plus-plus";

    private readonly SvdPlusPlusOptions _options;
    private readonly LabelScale _labels;
    private readonly FactorTable _ratedFactors;

    private SvdPlusPlusModel(
        SvdPlusPlusOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        FactorSide userSide,
        FactorSide itemSide,
        FactorTable ratedFactors)
        : base(users, items, userSide, itemSide)
    {
        _options = options;
        _labels = labels;
        _ratedFactors = ratedFactors;
    }

    /// <inheritdoc/>
    public bool NeedsLabels => false;

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override double RatingScale => _labels.Deviation;

    /// <summary>Predicts ratings; an unknown user or item has neither bias nor factors.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(
            data,
            _options.ClipToLabelRange ? (user, item) => _labels.Clip(Rating(user, item)) : Rating,
            cancellationToken));

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
                rows.Users,
                rows.Items,
                labels,
                FactorSide.ByCode(users, kernel.UserBiases),
                FactorSide.ByCode(items, kernel.ItemBiases),
                rated)
            : null;
    }

    internal static SvdPlusPlusModel Read(ModelReader reader)
    {
        var options = reader.ReadOptions<SvdPlusPlusOptions>();
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new SvdPlusPlusModel(
            options,
            users,
            items,
            LabelScale.Read(reader),
            FactorSide.Read(reader, "user", users.Count, options.ApproximationRank),
            FactorSide.Read(reader, "item", items.Count, options.ApproximationRank),
            FactorTable.Read(reader, "ratedFactors", items.Count, options.ApproximationRank));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        UserSide.Write(writer, "user");
        ItemSide.Write(writer, "item");
        _ratedFactors.Write(writer, "ratedFactors");
    }

    private double Rating(int user, int item) =>
        _labels.Mean + (_labels.Deviation * (UserSide.BiasOf(user) + Score(user, item)));
}
