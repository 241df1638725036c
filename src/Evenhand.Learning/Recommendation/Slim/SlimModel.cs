using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.Slim;

/// <summary>Sparse weights for pairs of items, and the choices of each user.</summary>
public sealed class SlimModel : ItemToItemModel
{
    internal const string Name = "slim";

    private readonly SlimOptions _options;
    private readonly SparseMatrix _weights;

    internal SlimModel(
        SlimOptions options, Vocabulary users, Vocabulary items, SparseMatrix choices, SparseMatrix weights)
        : base(users, items, choices)
    {
        _options = options;
        _weights = weights;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>How many weights are not 0.</summary>
    public int WeightCount => _weights.ElementCount;

    /// <summary>The items to whose scores choosing an item adds, ascending, and what it adds to each.</summary>
    /// <param name="item">Code of the chosen item.</param>
    /// <param name="weights">One weight for each item returned.</param>
    public ReadOnlySpan<int> WeightsOf(int item, out ReadOnlySpan<float> weights)
    {
        weights = _weights.ValuesOf(item);
        return _weights.ColumnsOf(item);
    }

    internal static SlimModel Read(ModelReader reader)
    {
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new SlimModel(
            reader.ReadOptions<SlimOptions>(),
            users,
            items,
            SparseMatrix.Read(reader, "choices", users.Count, items.Count),
            SparseMatrix.Read(reader, "weights", items.Count, items.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        Choices.Write(writer, "choices");
        _weights.Write(writer, "weights");
    }

    private protected override void AddWeights(int chosen, float factor, Span<double> scores)
    {
        var items = _weights.ColumnsOf(chosen);
        var weights = _weights.ValuesOf(chosen);
        for (var i = 0; i < items.Length; i++)
        {
            scores[items[i]] += (double)factor * weights[i];
        }
    }

    private protected override float WeightOf(int chosen, int scored)
    {
        var place = _weights.ColumnsOf(chosen).BinarySearch(scored);
        return place < 0 ? 0 : _weights.ValuesOf(chosen)[place];
    }
}
