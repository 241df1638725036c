using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.Pre;

namespace Evenhand.Learning.Text.Distillation;

/// <summary>For each row the probabilities of its classes, and the rows with one label each that stand for
/// them.</summary>
/// <param name="classes">The classes.</param>
/// <param name="rows">Number of rows.</param>
internal sealed class SoftTargets(LabelClasses classes, int rows)
{
    // Of the positive class, of each class, or of each label, row by row.
    private readonly double[] _probabilities = new double[rows * classes.ScoreCount];

    private Span<double> Of(int row) => _probabilities.AsSpan(row * classes.ScoreCount, classes.ScoreCount);

    /// <summary>Adds a model's probabilities.</summary>
    /// <param name="of">The rows that were predicted.</param>
    /// <param name="predictions">One for each of them.</param>
    /// <param name="share">How much each row's probabilities count.</param>
    /// <param name="learner">Whose model it is, for errors.</param>
    /// <exception cref="InputException">The model predicts something else than these classes.</exception>
    public void Add(int[] of, Predictions predictions, Func<int, double> share, Learner learner)
    {
        var (names, values) = (classes.Kind, predictions) switch
        {
            (LabelKind.Binary, ClassPredictions binary) => (null, binary.Probabilities),
            (LabelKind.Multiclass, MulticlassPredictions several) => (several.Classes, several.Probabilities),
            (LabelKind.MultiLabel, MultiLabelPredictions labels) => (labels.Labels, labels.Probabilities),
            _ => throw new InputException(
                $"The teacher of '{DistillationLearner.Name}' ({learner.GetType().Name}) predicts no probabilities of "
                + "the label's classes."),
        };
        int[] places = names?.MapTo(classes.Names) ?? [0];
        for (var i = 0; i < of.Length; i++)
        {
            for (var c = 0; c < places.Length; c++)
            {
                if (places[c] >= 0)
                {
                    Of(of[i])[places[c]] += share(of[i]) * values[(i * places.Length) + c];
                }
            }
        }
    }

    /// <summary>Divides logits and log-odds by a temperature T: p becomes p^(1/T) over the sum of these.</summary>
    public void Soften(double temperature)
    {
        if (temperature == 1)
        {
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            var own = Of(row);
            if (classes.Kind == LabelKind.Multiclass)
            {
                // Relative to the largest, so that not all of the powers can be too small for a number.
                var (largest, sum) = (double.Epsilon, 0.0);
                foreach (var p in own)
                {
                    largest = Math.Max(largest, p);
                }

                foreach (ref var p in own)
                {
                    p = Math.Pow(p / largest, 1 / temperature);
                    sum += p;
                }

                foreach (ref var p in own)
                {
                    p /= sum;
                }
            }
            else
            {
                foreach (ref var p in own)
                {
                    p = LabelClasses.Sigmoid((Math.Log(p) - Math.Log(1 - p)) / temperature);
                }
            }
        }
    }

    /// <summary>Puts a row's own label among its probabilities.</summary>
    /// <param name="row">The row.</param>
    /// <param name="codes">Its classes.</param>
    /// <param name="share">How much its label counts; the probabilities count for the rest.</param>
    public void Mix(int row, ReadOnlySpan<int> codes, double share)
    {
        var own = Of(row);
        for (var c = 0; c < own.Length; c++)
        {
            var has = classes.Kind == LabelKind.Binary ? codes[0] == 1 : codes.Contains(c);
            own[c] = ((1 - share) * own[c]) + (has ? share : 0);
        }
    }

    /// <summary>Rows with one label each, whose weights are the shares of the labels in the target.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="minimum">Smaller shares are left out, and the others scaled up.</param>
    public Dataset Expand(Dataset data, double minimum)
    {
        var copies = new List<Copy>();
        var own = new List<(double Share, int[] Codes)>();
        for (var row = 0; row < rows; row++)
        {
            own.Clear();
            own.AddRange(Labels(Of(row).ToArray()));
            var largest = own.Max(label => label.Share);
            own.RemoveAll(label => label.Share == 0 || (label.Share < minimum && label.Share < largest));
            var sum = own.Sum(label => label.Share);
            foreach (var (share, codes) in own)
            {
                copies.Add(new Copy(row, codes, (data.Weight?.Values[row] ?? 1) * share / sum));
            }
        }

        // Weights are positive; what is too small for a number is nothing.
        copies.RemoveAll(copy => copy.Weight == 0);
        var selected = data.Select(copies.Select(copy => copy.Row).ToArray());
        return RowWeights.Replace(
            selected.WithRows(selected.Rows.With(Label(data.Label!, copies))),
            [.. copies.Select(copy => copy.Weight)]);
    }

    // The labels of a row with their shares, which sum to 1.
    private IEnumerable<(double Share, int[] Codes)> Labels(double[] target) => classes.Kind switch
    {
        LabelKind.Binary => [(target[0], [1]), (1 - target[0], [0])],
        LabelKind.Multiclass => target.Select((share, code) => (share, new[] { code })),
        _ => Nested(target),
    };

    // The labels with a probability of at least t, for t from 0 to 1: the set that has the k most probable labels has
    // the share between the probabilities of the k-th and the next one. So each label is in sets of its own share.
    private static IEnumerable<(double Share, int[] Codes)> Nested(double[] target)
    {
        var order = Enumerable.Range(0, target.Length).OrderByDescending(code => target[code]).ToArray();
        for (var size = 0; size <= order.Length; size++)
        {
            var above = size == 0 ? 1 : target[order[size - 1]];
            var below = size == order.Length ? 0 : target[order[size]];
            yield return (above - below, [.. order[..size].Order()]);
        }
    }

    private Column Label(Column label, List<Copy> copies)
    {
        if (classes.Kind == LabelKind.Binary)
        {
            return new NumericColumn(label.Name, copies.Select(copy => (double)copy.Codes[0]).ToArray(), label.Roles);
        }

        if (classes.Kind == LabelKind.Multiclass)
        {
            return new CategoricalColumn(
                label.Name, copies.Select(copy => copy.Codes[0]).ToArray(), classes.Names, label.Roles);
        }

        var starts = new int[copies.Count + 1];
        for (var i = 0; i < copies.Count; i++)
        {
            starts[i + 1] = starts[i] + copies[i].Codes.Length;
        }

        return new CategorySetColumn(
            label.Name,
            starts,
            [.. copies.SelectMany(copy => copy.Codes)],
            new bool[copies.Count],
            classes.Names,
            label.Roles);
    }

    // A row with one of its labels.
    private readonly record struct Copy(int Row, int[] Codes, double Weight);
}
