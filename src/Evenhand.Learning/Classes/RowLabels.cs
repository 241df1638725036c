using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Classes;

/// <summary>The label of each training row: read from a number (1 or 0), a category, or a set of categories.</summary>
public sealed class RowLabels
{
    private readonly CategorySetColumn? _sets;
    private readonly int[] _codes;

    private RowLabels(LabelClasses classes, int[] codes, CategorySetColumn? sets, int rows)
    {
        Classes = classes;
        _codes = codes;
        _sets = sets;
        RowCount = rows;
    }

    /// <summary>The classes.</summary>
    public LabelClasses Classes { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The class of each row; empty where a row has any number of labels.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The label column of training data.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="learner">Name of the learner, for messages.</param>
    /// <exception cref="InputException">There is no label, or no row, or a value is missing or neither 0 nor
    /// 1.</exception>
    public static RowLabels Of(Dataset train, string learner)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.RowCount == 0)
        {
            throw new InputException($"Nothing to learn from: '{train.Name}' has no rows.");
        }

        return train.Label switch
        {
            CategoricalColumn category => new RowLabels(
                new LabelClasses(LabelKind.Multiclass, Several(category.Vocabulary, category, learner)),
                category.Codes.ToArray(),
                null,
                train.RowCount),
            CategorySetColumn sets => new RowLabels(
                new LabelClasses(LabelKind.MultiLabel, Several(sets.Vocabulary, sets, learner)),
                [],
                sets,
                train.RowCount),
            _ => new RowLabels(LabelClasses.Binary, ZeroOrOne(train, learner), null, train.RowCount),
        };
    }

    /// <summary>The classes of a row: one, or any number where labels are sets.</summary>
    public ReadOnlySpan<int> Of(int row) => _sets is null ? _codes.AsSpan(row, 1) : _sets.Codes(row);

    /// <summary>Whether each row has a class.</summary>
    public bool[] Have(int code)
    {
        var have = new bool[RowCount];
        for (var row = 0; row < have.Length; row++)
        {
            have[row] = Of(row).Contains(code);
        }

        return have;
    }

    /// <summary>The weight of each row's loss: the data's, times its class's where classes are balanced. Sets of labels
    /// are not balanced by row.</summary>
    /// <param name="train">The data that the labels are of.</param>
    /// <param name="weighting">How classes weigh.</param>
    /// <returns>One weight a row.</returns>
    /// <exception cref="InputException">A weight of the data is not positive and finite.</exception>
    public double[] Weights(Dataset train, ClassWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(train);
        var weights = TrainingColumns.Weights(train)?.Values.ToArray();
        if (weights is null)
        {
            weights = new double[RowCount];
            Array.Fill(weights, 1);
        }

        if (weighting == ClassWeighting.None || Classes.Kind == LabelKind.MultiLabel)
        {
            return weights;
        }

        var sums = new double[Classes.Names.Count];
        for (var row = 0; row < RowCount; row++)
        {
            sums[_codes[row]] += weights[row];
        }

        var (all, occurring) = (sums.Sum(), sums.Count(sum => sum > 0));
        for (var row = 0; row < RowCount; row++)
        {
            weights[row] *= all / (occurring * sums[_codes[row]]);
        }

        return weights;
    }

    /// <summary>The weight of each row's loss where rows have one label or not: the given one, times that of having it
    /// or not where these are balanced.</summary>
    /// <param name="weights">The given weights, one a row.</param>
    /// <param name="have">Whether each row has the label, as <see cref="Have"/> tells.</param>
    /// <param name="weighting">How having it and not having it weigh.</param>
    public static double[] Weights(double[] weights, bool[] have, ClassWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(have);
        var (all, having) = (0.0, 0.0);
        for (var row = 0; row < have.Length; row++)
        {
            all += weights[row];
            having += have[row] ? weights[row] : 0;
        }

        if (weighting == ClassWeighting.None || having == 0 || having == all)
        {
            return weights;
        }

        var balanced = new double[weights.Length];
        for (var row = 0; row < have.Length; row++)
        {
            balanced[row] = weights[row] * all / (2 * (have[row] ? having : all - having));
        }

        return balanced;
    }

    private static Vocabulary Several(Vocabulary classes, Column label, string learner) =>
        label.MissingCount > 0
            ? throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The label '{label.Name}' is missing in {label.MissingCount} of {label.Length} rows. "
                + $"Leave such rows out before fitting '{learner}'."))
            : classes;

    private static int[] ZeroOrOne(Dataset train, string learner)
    {
        var label = TrainingColumns.NumericLabel(train, learner);
        var codes = new int[label.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = label.Values[row] switch
            {
                0 => 0,
                1 => 1,
                var other => throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The label '{label.Name}' is {other} in row {row} (from 0) of '{train.Name}'; "
                    + $"'{learner}' needs 1 (positive) or 0 (negative), or categories.")),
            };
        }

        return codes;
    }
}
