using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;
using Evenhand.Experiments.Predicting;

namespace Evenhand.Experiments.Auditing;

/// <summary>Reads the columns of a file that is audited.</summary>
/// <param name="path">The file.</param>
/// <param name="options">Which columns hold what.</param>
/// <param name="noted">Told what one should know, one sentence each.</param>
/// <param name="cancellationToken">Polled throughout.</param>
internal sealed class AuditFile(
    string path, AuditOptions options, Action<string> noted, CancellationToken cancellationToken)
{
    /// <summary>The columns: ratings and scores as numbers, all else as categories.</summary>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column; a value is not what
    /// it should be.</exception>
    public Table Read()
    {
        InputTable.Existing(path);
        var format = options.Form.Resolve(path, noted, cancellationToken);
        var columns = options.Columns.Distinct().Select(name => new ColumnDescriptor
        {
            Name = name,
            Type = name == options.Text && !options.Groups.Contains(name) ? ColumnType.Text : ColumnType.Category,
        });
        var table = InputTable.Read(path, format, [.. columns], noted, cancellationToken);
        if (options.Form.Missing is null)
        {
            table = InputTable.WithoutMarkers(table, noted);
        }

        var decimalSign = format.Decimal == "," ? ',' : NumberText.Point;
        var (label, prediction) = (table[options.Label], table[options.Prediction]);
        var values = AuditValues.Of(label, prediction, options, decimalSign);
        if (values.Kind == AuditKind.Ratings)
        {
            table = table.With(Ratings(label, decimalSign)).With(Ratings(prediction, decimalSign));
        }

        if (options.Score is { } score)
        {
            var names = values.Kind is AuditKind.SeveralClasses or AuditKind.Labels
                ? new AuditClasses(label, prediction, values, options.Separator).ScoreColumns(score)
                : [score];
            var scores = names.Select(name => new ColumnDescriptor { Name = name, Type = ColumnType.Number });
            table = InputTable.Read(path, format, [.. scores], noted, cancellationToken).Columns
                .Aggregate(table, (all, column) => all.With(column));
        }

        return table;
    }

    // From the values that were read as categories, each of which is looked at once.
    private NumericColumn Ratings(Column column, char decimalSign)
    {
        var categories = (CategoricalColumn)column;
        var numbers = new double[categories.Vocabulary.Count];
        for (var code = 0; code < numbers.Length; code++)
        {
            var text = categories.Vocabulary[code];
            if (!NumberText.TryRead(text, decimalSign, out numbers[code]))
            {
                throw new InputException(
                    path,
                    0,
                    0,
                    $"column '{column.Name}', row {categories.Codes.IndexOf(code) + 1}: '{text}' is not a number."
                    + Hint(text, decimalSign));
            }
        }

        return new NumericColumn(
            column.Name,
            categories.Codes.ToArray().Select(code => code < 0 ? double.NaN : numbers[code]).ToArray());
    }

    private static string Hint(string text, char decimalSign)
    {
        var other = decimalSign == ',' ? NumberText.Point : ',';
        return NumberText.TryRead(text, other, out _)
            ? $" If '{other}' is the decimal sign, say --decimal {other}."
            : Audit.NotRatings;
    }
}
