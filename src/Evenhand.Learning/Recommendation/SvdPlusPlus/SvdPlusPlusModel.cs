using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Biases and factors of users and items, and factors that an item lends to those who rated it.</summary>
public sealed class SvdPlusPlusModel : RecommenderModel, IFoldIn
{
    internal const string Name = "svd-plus-plus";

    private readonly SvdPlusPlusOptions _options;
    private readonly LabelScale _labels;
    private readonly FactorTable _userFactors;
    private readonly float[] _userBiases;
    private readonly FactorTable _itemFactors;
    private readonly float[] _itemBiases;
    private readonly FactorTable _ratedFactors;

    private SvdPlusPlusModel(
        SvdPlusPlusOptions options,
        Vocabulary users,
        Vocabulary items,
        LabelScale labels,
        FactorTable userFactors,
        float[] userBiases,
        FactorTable itemFactors,
        float[] itemBiases,
        FactorTable ratedFactors)
    {
        _options = options;
        Users = users;
        Items = items;
        _labels = labels;
        _userFactors = userFactors;
        _userBiases = userBiases;
        _itemFactors = itemFactors;
        _itemBiases = itemBiases;
        _ratedFactors = ratedFactors;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <inheritdoc/>
    public override Vocabulary Users { get; }

    /// <inheritdoc/>
    public override Vocabulary Items { get; }

    /// <summary>Predicts ratings; an unknown user or item has neither bias nor factors.</summary>
    /// <inheritdoc/>
    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(
            data,
            (user, item) =>
            {
                var rating = Scale(
                    (user < 0 ? 0 : _userBiases[user]) + (item < 0 ? 0 : _itemBiases[item])
                    + (user < 0 || item < 0 ? 0 : FloatVectors.Dot(_userFactors.Padded(user), _itemFactors.Padded(item))));
                return _options.ClipToLabelRange ? _labels.Clip(rating) : rating;
            },
            cancellationToken));

    /// <inheritdoc/>
    public override void Score(int user, Span<double> scores)
    {
        for (var item = 0; item < Items.Count; item++)
        {
            scores[item] = Scale(user < 0
                ? _itemBiases[item]
                : _userBiases[user] + _itemBiases[item]
                    + FloatVectors.Dot(_userFactors.Padded(user), _itemFactors.Padded(item)));
        }
    }

    /// <summary>Scores all items for a user who was not there in training.</summary>
    /// <remarks>The user's factors are <c>|N|^-1/2 sum y</c>, with no part of the user's own; with labels, the bias is the
    /// one of least regularized squared error.</remarks>
    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> items, ReadOnlySpan<double> labels, Span<double> scores)
    {
        CheckChoices(items, labels);
        var sum = new float[_ratedFactors.Stride];
        SvdPlusPlusKernel.Sum(
            _ratedFactors, items, items.IsEmpty ? 0 : (float)(1 / Math.Sqrt(items.Length)), sum);
        for (var item = 0; item < Items.Count; item++)
        {
            scores[item] = _itemBiases[item] + FloatVectors.Dot(sum, _itemFactors.Padded(item));
        }

        var errors = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            errors += ((labels[i] - _labels.Mean) / _labels.Deviation) - scores[items[i]];
        }

        var bias = labels.IsEmpty ? 0 : errors / (labels.Length * (1 + _options.BiasLambda));
        for (var item = 0; item < Items.Count; item++)
        {
            scores[item] = Scale(bias + scores[item]);
        }
    }

    /// <summary>The model of fitted factors; null where one of them is not finite.</summary>
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
                options, rows.Users, rows.Items, labels, users, kernel.UserBiases, items, kernel.ItemBiases, rated)
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
            FactorTable.Read(reader, "userFactors", users.Count, options.ApproximationRank),
            reader.ReadArray<float>("userBiases", users.Count),
            FactorTable.Read(reader, "itemFactors", items.Count, options.ApproximationRank),
            reader.ReadArray<float>("itemBiases", items.Count),
            FactorTable.Read(reader, "ratedFactors", items.Count, options.ApproximationRank));
    }

    internal override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        _labels.Write(writer);
        _userFactors.Write(writer, "userFactors");
        writer.Write<float>("userBiases", _userBiases);
        _itemFactors.Write(writer, "itemFactors");
        writer.Write<float>("itemBiases", _itemBiases);
        _ratedFactors.Write(writer, "ratedFactors");
    }

    private void CheckChoices(ReadOnlySpan<int> items, ReadOnlySpan<double> labels)
    {
        if (labels.Length != 0 && labels.Length != items.Length)
        {
            throw new ArgumentException("There is one label for each item, or none at all.", nameof(labels));
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] < 0 || items[i] >= Items.Count || (i > 0 && items[i] <= items[i - 1]))
            {
                throw new ArgumentException("Items are distinct codes of the catalogue, ascending.", nameof(items));
            }
        }
    }

    private double Scale(double sum) => _labels.Mean + (_labels.Deviation * sum);
}
