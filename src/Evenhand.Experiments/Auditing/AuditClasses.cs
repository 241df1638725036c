using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Auditing;

/// <summary>Several classes, or any number of labels a row, in the label and the prediction column of an audited
/// file.</summary>
internal sealed class AuditClasses
{
    private readonly Column _label;
    private readonly Column _prediction;
    private readonly string? _separator;
    private readonly AuditValues _values;
    private readonly Vocabulary _classes;

    /// <summary>The classes of two columns.</summary>
    /// <param name="label">The true labels.</param>
    /// <param name="prediction">The predictions.</param>
    /// <param name="values">What they hold.</param>
    /// <param name="separator">What stands between two labels of a row, or null where a row has one class.</param>
    public AuditClasses(Column label, Column prediction, AuditValues values, string? separator)
    {
        (_label, _prediction, _values, _separator) = (label, prediction, values, separator);
        var all = AuditValues.Distinct(label).Concat(AuditValues.Distinct(prediction));
        _classes = new Vocabulary((separator is null ? all.Select(values.Name) : all.SelectMany(Split))
            .Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The column of the probability of each class.</summary>
    public IEnumerable<string> ScoreColumns(string prefix) => _classes.Values.Select(name => $"{prefix}-{name}");

    /// <summary>The rows.</summary>
    /// <param name="scores">The probabilities of each class, row by row; null where there are none.</param>
    public ClassesEvaluation Evaluation(double[][]? scores)
    {
        var probabilities = scores is null ? null : new double[_label.Length * _classes.Count];
        for (var i = 0; i < probabilities?.Length; i++)
        {
            probabilities[i] = scores![i % _classes.Count][i / _classes.Count];
            if (!Probability.Is(probabilities[i]))
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"--score: the probability of '{_classes[i % _classes.Count]}' in row {(i / _classes.Count) + 1} "
                    + $"is {probabilities[i]}; expected a number from 0 to 1."));
            }
        }

        ClassesEvaluation rows = _separator is null
            ? new MulticlassEvaluation(_classes.Count, Codes(_label), Codes(_prediction))
            : new MultiLabelEvaluation(_classes.Count, Sets(_label), Sets(_prediction));
        return rows with { Probabilities = probabilities };
    }

    private int[] Codes(Column column) =>
    [
        .. Enumerable.Range(0, column.Length).Select(row => column.Format(row) is { } name
            ? _classes.CodeOf(_values.Name(name))
            : throw new InputException($"Column '{column.Name}', row {row + 1}: the value is missing.")),
    ];

    private int[] Sets(Column column)
    {
        var sets = new int[column.Length * _classes.Count];
        for (var row = 0; row < column.Length; row++)
        {
            foreach (var name in Split(column.Format(row) ?? ""))
            {
                sets[(row * _classes.Count) + _classes.CodeOf(name)] = 1;
            }
        }

        return sets;
    }

    private IEnumerable<string> Split(string value) =>
        value.Split(_separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(_values.Name);
}
