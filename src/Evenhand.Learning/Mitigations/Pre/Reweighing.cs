using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Weighs each row by <c>(P(a) P(b) / P(a, b))^strength</c>, where a is the group of its user (or row) and b
/// the group of its item, or its label.</summary>
/// <remarks>
/// <para>In the weighted rows at strength 1, a and b are independent: no group is under-represented with any kind of
/// item, or with any label (a set of labels counts as one value). Probabilities are weighted shares of the training
/// rows; rows without a or b keep their weight. The mean weight does not change.</para>
/// <para>F. Kamiran, T. Calders, "Data preprocessing techniques for classification without discrimination", Knowledge
/// and Information Systems 33, 2012, section 4.3 (with labels as b).</para>
/// </remarks>
/// <param name="options">Group, item group and strength.</param>
public sealed class Reweighing(ReweighingOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<ReweighingOptions>(
        MitigationName,
        "Weighs rows so that a group and a second attribute (item group or label) look independent.",
        TaskKinds.Every,
        options => new Reweighing(options),
        MitigationStage.Pre);

    internal const string MitigationName = "reweighing";

    // A label with more values than this is a quantity, not a class: cells would hold a row each.
    private const int MostLabels = 100;

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var group = FindGroup(train, options.Group, GroupSide.User, GroupSide.Row);
        var first = train.GroupCodes(group);
        var second = options.ItemGroup.Length > 0
            ? train.GroupCodes(FindGroup(train, options.ItemGroup, GroupSide.Item))
            : LabelCodes(train);
        var weights = train.Weight;
        var width = second.Max() + 1;
        var cells = new double[group.Groups.Count * width];
        var firsts = new double[group.Groups.Count];
        var seconds = new double[width];
        var total = 0.0;
        for (var row = 0; row < first.Length; row++)
        {
            if (first[row] >= 0 && second[row] >= 0)
            {
                var weight = weights is null ? 1 : weights.Values[row];
                cells[(first[row] * width) + second[row]] += weight;
                firsts[first[row]] += weight;
                seconds[second[row]] += weight;
                total += weight;
            }
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        var factors = new double[first.Length];
        for (var row = 0; row < factors.Length; row++)
        {
            var (a, b) = (first[row], second[row]);
            factors[row] = a < 0 || b < 0
                ? 1
                : Math.Pow(firsts[a] * seconds[b] / (cells[(a * width) + b] * total), options.Strength);
        }

        return RowWeights.Multiply(train, factors);
    }

    // Of sets of labels each set that occurs is a value of its own.
    private static int[] LabelCodes(Dataset train)
    {
        if (train.Label is CategoricalColumn classes)
        {
            return classes.Codes.ToArray();
        }

        if (train.Label is CategorySetColumn sets)
        {
            var column = CategoricalColumn.FromValues(
                sets.Name, Enumerable.Range(0, sets.Length).Select(sets.Format));
            return Checked(column.Codes.ToArray(), column.Vocabulary.Count);
        }

        var labels = TrainingColumns.NumericLabel(train, MitigationName);
        var codes = new Dictionary<double, int>();
        var result = new int[labels.Length];
        for (var row = 0; row < result.Length; row++)
        {
            if (!codes.TryGetValue(labels.Values[row], out result[row]))
            {
                codes.Add(labels.Values[row], result[row] = codes.Count);
            }
        }

        return Checked(result, codes.Count);
    }

    private static int[] Checked(int[] codes, int count) => count <= MostLabels ? codes : throw new InputException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{MitigationName}' needs an item group here: the label has {count} different values."));
}
