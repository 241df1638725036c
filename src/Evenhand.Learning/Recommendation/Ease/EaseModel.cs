using System.Numerics;
using System.Runtime.InteropServices;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.Ease;

/// <summary>A weight for each pair of items, and the choices of each user.</summary>
public sealed class EaseModel : ItemToItemModel
{
    internal const string Name = "ease";

    private readonly EaseOptions _options;
    private readonly float[] _weights;

    internal EaseModel(
        EaseOptions options, Vocabulary users, Vocabulary items, SparseMatrix choices, float[] weights)
        : base(users, items, choices)
    {
        _options = options;
        _weights = weights;
    }

    /// <inheritdoc/>
    public override string LearnerName => Name;

    /// <summary>The weights B, row by row: element <c>i * n + j</c> is what choosing item i adds to the score of item j
    /// among n items; 0 where they are the same.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    internal static EaseModel Read(ModelReader reader)
    {
        var users = reader.ReadVocabulary("users");
        var items = reader.ReadVocabulary("items");
        return new EaseModel(
            reader.ReadOptions<EaseOptions>(),
            users,
            items,
            SparseMatrix.Read(reader, "choices", users.Count, items.Count),
            reader.ReadArray<float>("weights", checked(items.Count * items.Count)));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(_options);
        writer.Write("users", Users);
        writer.Write("items", Items);
        Choices.Write(writer, "choices");
        writer.Write<float>("weights", _weights);
    }

    // A product of two floats is exact in a double, so one by one and by vectors the sums are the same bits.
    private protected override void AddWeights(int chosen, float factor, Span<double> scores)
    {
        var row = _weights.AsSpan(chosen * Items.Count, Items.Count);
        ref var weights = ref MemoryMarshal.GetReference(row);
        ref var sums = ref MemoryMarshal.GetReference(scores);
        var scale = new Vector<double>(factor);
        nuint item = 0;
        for (; item + (nuint)Vector<float>.Count <= (nuint)row.Length; item += (nuint)Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref weights, item), out var low, out var high);
            var next = item + (nuint)Vector<double>.Count;
            (Vector.LoadUnsafe(ref sums, item) + (scale * low)).StoreUnsafe(ref sums, item);
            (Vector.LoadUnsafe(ref sums, next) + (scale * high)).StoreUnsafe(ref sums, next);
        }

        for (var rest = (int)item; rest < row.Length; rest++)
        {
            scores[rest] += (double)factor * row[rest];
        }
    }

    private protected override float WeightOf(int chosen, int scored) => _weights[(chosen * Items.Count) + scored];
}
