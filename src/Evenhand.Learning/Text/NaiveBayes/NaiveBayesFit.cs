using Evenhand.Learning.Classes;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Text.NaiveBayes;

/// <summary>Weights and intercepts of naive Bayes from the counts of features by class.</summary>
internal sealed class NaiveBayesFit
{
    private readonly NaiveBayesOptions _options;
    private readonly int _columns;
    private readonly int _width;
    private readonly double[] _counts;
    private readonly double[] _all;
    private readonly double[] _mass;
    private readonly double _allMass;

    private NaiveBayesFit(
        SparseMatrix rows,
        RowLabels labels,
        double[] weights,
        NaiveBayesOptions options,
        CancellationToken cancellationToken)
    {
        _options = options;
        _columns = rows.ColumnCount;
        _width = labels.Classes.Names.Count;
        _counts = new double[_columns * _width];
        _all = new double[_columns];
        _mass = new double[_width];
        _allMass = weights.Sum();
        for (var row = 0; row < rows.RowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(rows.ColumnsOf(row), rows.ValuesOf(row), labels.Of(row), weights[row]);
        }
    }

    /// <param name="rows">Features, one row a text; not negative.</param>
    /// <param name="labels">What the texts are.</param>
    /// <param name="weights">Weight of each row.</param>
    /// <param name="options">Variant and smoothing.</param>
    /// <param name="cancellationToken">Polled for each row.</param>
    /// <returns>The weight of column j for score c at <c>j * scores + c</c>, and the intercepts.</returns>
    public static (double[] Weights, double[] Intercepts) Fit(
        SparseMatrix rows,
        RowLabels labels,
        double[] weights,
        NaiveBayesOptions options,
        CancellationToken cancellationToken)
    {
        var fit = new NaiveBayesFit(rows, labels, weights, options, cancellationToken);
        var scores = labels.Classes.ScoreCount;
        var (all, intercepts) = (new double[rows.ColumnCount * scores], new double[scores]);
        for (var score = 0; score < scores; score++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            intercepts[score] = labels.Classes.Kind switch
            {
                LabelKind.Multiclass => fit.AddClass(score, 1, all, scores, score),
                LabelKind.MultiLabel => fit.AddClass(score, 1, all, scores, score) + fit.AddRest(score, all, scores),
                _ => fit.AddClass(1, 1, all, 1, 0) + fit.AddClass(0, -1, all, 1, 0),
            };
        }

        return (all, intercepts);
    }

    private void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> classes, double weight)
    {
        foreach (var c in classes)
        {
            _mass[c] += weight;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            _all[columns[i]] += weight * values[i];
            foreach (var c in classes)
            {
                _counts[(columns[i] * _width) + c] += weight * values[i];
            }
        }
    }

    private double AddClass(int c, int sign, double[] target, int scores, int score) => AddLogarithms(
        j => _counts[(j * _width) + c], j => Rest(j, c), _mass[c], sign, target, scores, score);

    private double AddRest(int label, double[] target, int scores) => AddLogarithms(
        j => Rest(j, label),
        j => _counts[(j * _width) + label],
        Math.Max(0, _allMass - _mass[label]),
        -1,
        target,
        scores,
        label);

    // What is not of the class; rounding must not take it below nothing.
    private double Rest(int column, int c) => Math.Max(0, _all[column] - _counts[(column * _width) + c]);

    // Adds sign times the weights of a class to the target; gives sign times its intercept.
    private double AddLogarithms(
        Func<int, double> own,
        Func<int, double> others,
        double mass,
        int sign,
        double[] target,
        int scores,
        int score)
    {
        var alpha = _options.Alpha;
        var counts = _options.Variant == NaiveBayesVariant.Complement ? others : own;
        var sum = 0.0;
        for (var j = 0; j < _columns; j++)
        {
            sum += counts(j) + alpha;
        }

        // A class without texts keeps a probability that is as good as none, so that scores stay finite.
        var intercept = _options.Variant != NaiveBayesVariant.Complement && _options.FitPrior
            ? Math.Log(Math.Max(mass / _allMass, double.Epsilon))
            : 0;
        var scale = 1.0;
        if (_options.Variant == NaiveBayesVariant.Complement)
        {
            scale = _options.NormalizeWeights ? 1 / SumOfLogarithms(counts, sum) : -1;
        }

        for (var j = 0; j < _columns; j++)
        {
            double weight;
            if (_options.Variant == NaiveBayesVariant.Bernoulli)
            {
                var (there, missing) = (counts(j) + alpha, Math.Max(0, mass - counts(j)) + alpha);
                weight = Math.Log(there / missing);
                intercept += Math.Log(missing / (mass + (2 * alpha)));
            }
            else
            {
                weight = scale * Math.Log((counts(j) + alpha) / sum);
            }

            target[(j * scores) + score] += sign * weight;
        }

        return sign * intercept;
    }

    // Negative, unless there is one feature only, whose logarithm is 0 and has no part in any score.
    private double SumOfLogarithms(Func<int, double> counts, double sum)
    {
        var logarithms = 0.0;
        for (var j = 0; j < _columns; j++)
        {
            logarithms += Math.Log((counts(j) + _options.Alpha) / sum);
        }

        return logarithms < 0 ? logarithms : -1;
    }
}
