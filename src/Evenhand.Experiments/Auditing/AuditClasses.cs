using System.Globalization;
using Evenhand.Data;
using Evenhand.Metrics;

namespace Evenhand.Experiments;

/// <summary>What classes the label and the prediction column of an audited file hold.</summary>
internal sealed class AuditClasses
{
    private static readonly string[] PositiveWords = ["1", "true", "yes", "positive", "t", "y"];
    private static readonly string[] NegativeWords = ["0", "false", "no", "negative", "f", "n", "-1"];

    private readonly Column _label;
    private readonly Column _prediction;
    private readonly string? _separator;
    private readonly Vocabulary _classes;

    private AuditClasses(Column label, Column prediction, string? separator)
    {
        (_label, _prediction, _separator) = (label, prediction, separator);
        var names = Distinct(label).Concat(Distinct(prediction));
        _classes = new Vocabulary(
            (separator is null ? names : names.SelectMany(Split)).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Several classes, or any number of labels; null where the columns hold two classes, one of which is
    /// positive, or numbers.</summary>
    public static AuditClasses? Of(Column label, Column prediction, AuditOptions options)
    {
        if (options.Separator is { } separator)
        {
            return separator.Length > 0
                ? new AuditClasses(label, prediction, separator)
                : throw new InputException("--separator: expected at least one character.");
        }

        var several = options.AsClasses
            || (Binary(label, prediction, options.Positive) is null
                && !Distinct(label).Concat(Distinct(prediction)).Any(
                    value => double.TryParse(value, CultureInfo.InvariantCulture, out _)));
        return several ? new AuditClasses(label, prediction, null) : null;
    }

    /// <summary>Reads two classes: those named by --positive against all else, or words that everybody reads alike;
    /// null where there are others.</summary>
    public static Func<string, int?>? Binary(Column label, Column prediction, string? positive)
    {
        if (positive is not null)
        {
            var classes = Distinct(label).Union(Distinct(prediction)).ToArray();
            return classes.Contains(positive) && classes.Length <= 2
                ? value => value == positive ? 1 : 0
                : throw new InputException(
                    $"--positive {positive}: columns '{label.Name}' and '{prediction.Name}' must hold that value and "
                    + $"one other; they hold {string.Join(", ", classes.Order(StringComparer.Ordinal).Take(6))}"
                    + (classes.Length > 6 ? ", ..." : "") + ".");
        }

        int? Word(string value) =>
            PositiveWords.Contains(value, StringComparer.OrdinalIgnoreCase) ? 1
            : NegativeWords.Contains(value, StringComparer.OrdinalIgnoreCase) ? 0
            : double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number is 0 or 1 ? (int)number
            : null;
        return Distinct(label).Concat(Distinct(prediction)).All(v => Word(v) is not null) ? Word : null;
    }

    private static IEnumerable<string> Distinct(Column column) =>
        Enumerable.Range(0, column.Length).Select(column.Format).OfType<string>().Distinct();

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
            ? _classes.CodeOf(name)
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

    private string[] Split(string value) =>
        value.Split(_separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
