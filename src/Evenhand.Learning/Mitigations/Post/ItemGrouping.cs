using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>The groups of a model's items by one attribute.</summary>
/// <param name="Codes">Group of each item, by its code in the model; <see cref="Vocabulary.Missing"/> where
/// unknown.</param>
/// <param name="Count">Number of groups.</param>
public sealed record ItemGrouping(int[] Codes, int Count)
{
    /// <summary>Group of an item; negative where unknown.</summary>
    public int this[int item] => Codes[item];

    /// <summary>The share that is due to each group; they sum to 1, or are all 0 where no group is known.</summary>
    /// <param name="share">What makes it due.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="model">The model whose item codes the grouping has.</param>
    public double[] Shares(TargetShare share, Dataset train, RecommenderModel model)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(model);
        var sums = new double[Count];
        switch (share)
        {
            case TargetShare.Training:
                AddRows(sums, train, model);
                break;
            case TargetShare.Equal:
                foreach (var group in Codes.Where(group => group >= 0))
                {
                    sums[group] = 1;
                }

                break;
            default:
                foreach (var group in Codes.Where(group => group >= 0))
                {
                    sums[group]++;
                }

                break;
        }

        Normalize(sums);
        return sums;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ItemGrouping Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var count = (int)reader.ReadDouble("itemGroupCount");
        var codes = reader.ReadArray<int>("itemGroups");
        return codes.All(code => code >= Vocabulary.Missing && code < count)
            ? new ItemGrouping(codes, count)
            : throw new InvalidOperationException("a group of an item is out of range");
    }

    /// <summary>Writes the groups as a part of a re-ranker's state.</summary>
    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("itemGroupCount", Count);
        writer.Write<int>("itemGroups", Codes);
    }

    /// <summary>Divides by the sum, unless that is 0.</summary>
    internal static void Normalize(Span<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        for (var i = 0; i < values.Length && sum > 0; i++)
        {
            values[i] /= sum;
        }
    }

    private void AddRows(double[] sums, Dataset train, RecommenderModel model)
    {
        var items = TrainingColumns.CodesIn(TrainingColumns.Items(train, model.LearnerName), model.Items);
        var weights = TrainingColumns.Weights(train);
        for (var row = 0; row < items.Length; row++)
        {
            if (items[row] >= 0 && Codes[items[row]] is var group and >= 0)
            {
                sums[group] += weights is null ? 1 : weights.Values[row];
            }
        }
    }
}
