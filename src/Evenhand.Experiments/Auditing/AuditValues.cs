using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Text;

namespace Evenhand.Experiments.Auditing;

/// <summary>What the label and the prediction column of an audited file hold.</summary>
internal enum AuditKind
{
    /// <summary>Numbers.</summary>
    Ratings,

    /// <summary>Two classes, one of which is positive.</summary>
    TwoClasses,

    /// <summary>Several classes.</summary>
    SeveralClasses,

    /// <summary>Any number of labels a row.</summary>
    Labels,
}

/// <summary>The values of the label and the prediction column of an audited file, fitted once to all of both: what they
/// are, and the one name of each.</summary>
internal sealed class AuditValues
{
    // Two words that everybody reads as no and yes. Words of two pairs are never read as one class.
    private static readonly (string Negative, string Positive)[] Pairs =
    [
        ("0", "1"), ("-1", "1"), ("false", "true"), ("no", "yes"), ("negative", "positive"), ("f", "t"), ("n", "y"),
    ];

    // Numbers that are taken for classes: decisions, and decisions that may be left open.
    private static readonly string[] Signs = ["-1", "0", "1"];

    private readonly ValueForm _form;
    private readonly string? _positive;
    private readonly StringComparison _comparison;

    private AuditValues(
        AuditKind kind,
        ValueForm form,
        string? positive = null,
        StringComparison comparison = StringComparison.Ordinal)
    {
        Kind = kind;
        _form = form;
        _positive = positive;
        _comparison = comparison;
    }

    /// <summary>What the columns hold.</summary>
    public AuditKind Kind { get; }

    /// <summary>Fits the values of two columns.</summary>
    /// <param name="label">The true labels.</param>
    /// <param name="prediction">The predictions.</param>
    /// <param name="options">What the user says of them.</param>
    /// <param name="decimalSign">The decimal sign of numbers.</param>
    /// <exception cref="InputException">They do not hold what the user says, or a class has two names.</exception>
    public static AuditValues Of(
        Column label, Column prediction, AuditOptions options, char decimalSign = NumberText.Point)
    {
        if (options.Separator is { } separator)
        {
            return separator.Length > 0
                ? new AuditValues(AuditKind.Labels, new ValueForm(isNumeric: false))
                : throw new InputException("--separator: expected at least one character.");
        }

        string[] labels = Distinct(label), predictions = Distinct(prediction);
        var isNumeric = Array.Exists([labels, predictions], own => ValueForm.Of(own, decimalSign).IsNumeric);
        var form = new ValueForm(isNumeric, decimalSign);
        string[] all = [.. labels.Union(predictions)];
        string[] names = [.. all.Select(form.Name).Distinct().Order(StringComparer.Ordinal)];
        if (!options.AsClasses && options.Positive is null && Pair(names) is var (_, positive))
        {
            return new AuditValues(AuditKind.TwoClasses, form, positive, StringComparison.OrdinalIgnoreCase);
        }

        var isRatings = !options.AsClasses && options.Positive is null && !names.All(Signs.Contains)
            && names.Any(IsNumber);
        if (isRatings)
        {
            return new AuditValues(AuditKind.Ratings, form);
        }

        if (form.Clash(all) is var (first, second))
        {
            throw new InputException(
                $"Columns '{label.Name}' and '{prediction.Name}' hold '{first}' and '{second}', which are one number "
                + "written in two ways; write each class in one way.");
        }

        return options.AsClasses || options.Positive is null
            ? new AuditValues(AuditKind.SeveralClasses, form)
            : new AuditValues(AuditKind.TwoClasses, form, Positive(form.Name(options.Positive)));

        string Positive(string asked) => names.Contains(asked) && names.Length <= 2
            ? asked
            : throw new InputException(
                $"--positive {options.Positive}: columns '{label.Name}' and '{prediction.Name}' must hold that value "
                + $"and one other; they hold {string.Join(", ", names.Take(6))}{(names.Length > 6 ? ", ..." : "")}.");
    }

    /// <summary>The distinct values of a column, in the order of their codes or of the rows.</summary>
    public static string[] Distinct(Column column)
    {
        if (column is not CategoricalColumn categories)
        {
            return [.. Enumerable.Range(0, column.Length).Select(column.Format).OfType<string>().Distinct()];
        }

        var occurs = new bool[categories.Vocabulary.Count];
        foreach (var code in categories.Codes)
        {
            if (code >= 0)
            {
                occurs[code] = true;
            }
        }

        return [.. categories.Vocabulary.Values.Where((_, code) => occurs[code])];
    }

    /// <summary>The name of a value.</summary>
    public string Name(string value) => _form.Name(value);

    /// <summary>Whether a value is the positive class.</summary>
    public bool IsPositive(string value) => string.Equals(_form.Name(value), _positive, _comparison);

    // The pair that holds all names, in whatever case.
    private static (string Negative, string Positive)? Pair(string[] names)
    {
        foreach (var pair in Pairs)
        {
            if (names.Length > 0 && Array.TrueForAll(names, name =>
                name.Equals(pair.Negative, StringComparison.OrdinalIgnoreCase)
                || name.Equals(pair.Positive, StringComparison.OrdinalIgnoreCase)))
            {
                return pair;
            }
        }

        return null;
    }

    // With either decimal sign: where the file has another than was said, its numbers are no names of classes.
    private static bool IsNumber(string name) =>
        NumberText.TryRead(name, NumberText.Point, out _) || NumberText.TryRead(name, ',', out _);
}
