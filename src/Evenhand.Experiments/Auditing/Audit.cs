using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Data.Splits;
using Evenhand.Data.Text;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Tasks;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Experiments.Auditing;

/// <summary>Measures the predictions of any model, made by any tool: every metric overall, by group and by crossing of
/// groups.</summary>
public static class Audit
{
    /// <summary>What to do where columns are taken for ratings and hold none.</summary>
    internal const string NotRatings = " Ratings are numbers; of classes that are numbers, --classes says so.";

    /// <summary>Reads the columns that the options name from a file.</summary>
    /// <param name="path">The file: <c>.csv</c>, <c>.tsv</c> or <c>.jsonl</c>, also as <c>.gz</c>, with a
    /// header.</param>
    /// <param name="options">Which columns hold what.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <param name="noted">Told what one should know of the file, one sentence each; null: nobody is.</param>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column.</exception>
    public static Table Read(
        string path, AuditOptions options, CancellationToken cancellationToken, Action<string>? noted = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AuditFile(path, options, noted ?? (_ => { }), cancellationToken).Read();
    }

    /// <summary>Computes the figures.</summary>
    /// <param name="table">The predictions, one row each.</param>
    /// <param name="options">Which columns hold what.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">A column is missing, a value is not what it should be, or a metric does not
    /// fit.</exception>
    public static EvaluationFigures Compute(Table table, AuditOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        if (table.RowCount == 0)
        {
            throw new InputException("The file has a header and no rows, so there is nothing to measure.");
        }

        if (options.Groups.Count == 0 && options.Identity.Count == 0)
        {
            throw new InputException("--group names no column, and --identity no lexicon.");
        }

        var label = Find(table, options.Label, "--label");
        var prediction = Find(table, options.Prediction, "--prediction");
        var (data, kind) = Evaluation(table, label, prediction, options);
        var scored = options.Score is not null;
        GroupCodes[] groups = [.. Groups(table, options.Groups), .. Mentions(table, options)];

        var metrics = new List<Metric>();
        var fairness = new List<FairnessMetric>();
        Choose(options.Metrics, kind, scored, metrics, fairness);
        metrics.AddRange(fairness.SelectMany(f => f.Requires).Where(r => !metrics.Contains(r)).Distinct());
        CheckInputs(metrics, fairness, scored);

        var report = GroupReport.Compute(data, metrics, groups, new GroupReportOptions
        {
            BootstrapSamples = options.BootstrapSamples,
            MinimumGroupSize = options.MinimumGroupSize,
            Seeds = new SeedTree(options.Seed).Fork("audit"),
            CancellationToken = cancellationToken,
            Progress = options.Progress,
            Threads = Environment.ProcessorCount,
        });
        return EvaluationFigures.Of(report, groups.SelectMany(g => fairness.Select(f => (f, g.Attribute))));
    }

    private static (EvaluationData Data, PredictionKind Kind) Evaluation(
        Table table, Column label, Column prediction, AuditOptions options)
    {
        var values = AuditValues.Of(label, prediction, options);
        if (values.Kind is AuditKind.SeveralClasses or AuditKind.Labels)
        {
            var several = new AuditClasses(label, prediction, values, options.Separator);
            var data = several.Evaluation(
                options.Score is { } prefix
                    ? [.. several.ScoreColumns(prefix).Select(name => Numbers(Find(table, name, "--score")))]
                    : null);
            return (data, data.Kind);
        }

        var scores = options.Score is { } score ? Numbers(Find(table, score, "--score")) : null;
        if (values.Kind == AuditKind.TwoClasses)
        {
            var classes = new ClassificationEvaluation(Classes(label, values), Classes(prediction, values))
            {
                Scores = scores,
            };
            return (classes, PredictionKind.Classification);
        }

        return scores is null
            ? (new RatingEvaluation(Numbers(label, NotRatings), Numbers(prediction, NotRatings)), PredictionKind.Rating)
            : throw new InputException(
                $"Columns '{label.Name}' and '{prediction.Name}' do not hold two classes, so --score has no meaning; "
                + "name the positive class with --positive, say --classes where numbers are classes, or leave --score "
                + "out for ratings.");
    }

    private static int[] Classes(Column column, AuditValues values)
    {
        var classes = new int[column.Length];
        for (var row = 0; row < classes.Length; row++)
        {
            classes[row] = column.Format(row) is { } value
                ? values.IsPositive(value) ? 1 : 0
                : throw Missing(column, row);
        }

        return classes;
    }

    private static double[] Numbers(Column column, string hint = "")
    {
        var numbers = new double[column.Length];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (column is NumericColumn read)
            {
                numbers[row] = read.IsMissing(row) ? throw Missing(column, row) : read.Values[row];
                continue;
            }

            var text = column.Format(row) ?? throw Missing(column, row);
            if (!NumberText.TryRead(text, NumberText.Point, out numbers[row]))
            {
                throw new InputException($"Column '{column.Name}', row {row + 1}: '{text}' is not a number.{hint}");
            }
        }

        return numbers;
    }

    private static List<GroupCodes> Groups(Table table, IReadOnlyList<string> names)
    {
        var attributes = new List<GroupAttribute>();
        foreach (var name in names)
        {
            if (attributes.Exists(a => a.Name == name))
            {
                throw new InputException($"--group {name}: the column is named twice.");
            }

            var column = Find(table, name, "--group");
            var values = Enumerable.Range(0, column.Length).Select(column.Format);
            var sorted = new Vocabulary(values.OfType<string>().Distinct().Order(StringComparer.Ordinal));
            var codes = values.Select(v => v is null ? Vocabulary.Missing : sorted.CodeOf(v)).ToArray();
            attributes.Add(new GroupAttribute(name, GroupSide.Row, new CategoricalColumn(name, codes, sorted)));
        }

        var data = new Dataset("audit", table, groups: attributes);
        var all = new List<GroupAttribute>(attributes);
        for (var i = 0; i < attributes.Count; i++)
        {
            for (var j = i + 1; j < attributes.Count; j++)
            {
                all.Add(GroupCrossing.Cross(data, attributes[i], attributes[j]));
            }
        }

        if (attributes.Count > 2)
        {
            all.Add(GroupCrossing.Cross(data, [.. attributes]));
        }

        return [.. all.Select(g => new GroupCodes(g.Name, g.Column.Codes.ToArray(), g.Groups))];
    }

    private static IEnumerable<GroupCodes> Mentions(Table table, AuditOptions options)
    {
        if (options.Identity.Count == 0)
        {
            return [];
        }

        var texts = Find(
            table,
            options.Text ?? throw new InputException("--identity needs the column of the texts: name it with --text."),
            "--text");
        return options.Identity.Distinct().Select(name =>
        {
            var lexicon = LexiconFile.IsPath(name) ? LexiconFile.Read(name) : LexiconFile.Get(name, options.Language);
            var attribute = IdentityEntry.StandardName(name);
            return options.Groups.Contains(attribute)
                ? throw new InputException($"--identity {name}: --group names a column '{attribute}' already.")
                : IdentityGroups.Of(attribute, lexicon, Enumerable.Range(0, texts.Length).Select(texts.Format));
        }).Select(group => RowTarget.Codes(group, group.Column.Codes.ToArray()));
    }

    private static void Choose(
        IReadOnlyList<string> names,
        PredictionKind kind,
        bool scored,
        List<Metric> metrics,
        List<FairnessMetric> fairness)
    {
        if (names.Count == 0)
        {
            metrics.AddRange(MetricCatalogue.BuiltIn.Metrics.Where(m => m.Kind == kind && (scored || !m.NeedsScores)));
            fairness.AddRange(MetricCatalogue.BuiltIn.FairnessMetrics.Where(
                f => f.Kind == kind && f.Requires.All(metrics.Contains)
                    && f is { NeedsItems: false, NeedsCounterfactuals: false }));
            return;
        }

        foreach (var name in names)
        {
            if (MetricCatalogue.BuiltIn.TryGetFairness(name, out var gap))
            {
                fairness.Add(Fitting(gap, gap.Kind));
            }
            else
            {
                var metric = MetricCatalogue.BuiltIn.Get(name);
                metrics.Add(Fitting(metric, metric.Kind));
            }

            T Fitting<T>(T metric, PredictionKind its) => its == kind
                ? metric
                : throw new InputException(
                    $"--metrics {name}: it is for {Word(its)}, and the columns hold {Word(kind)}.");
        }
    }

    private static void CheckInputs(List<Metric> metrics, List<FairnessMetric> fairness, bool scored)
    {
        if (!scored && metrics.Find(m => m.NeedsScores) is { } unscored)
        {
            throw new InputException(
                $"--metrics {unscored.Name}: it is computed from scores; name their column with --score.");
        }

        if (fairness.Find(f => f.NeedsItems) is { } ofItems)
        {
            throw new InputException(
                $"--metrics {ofItems.Name}: it compares the groups item by item, and an audit knows no items.");
        }

        if (fairness.Find(f => f.NeedsCounterfactuals) is { } ofSwaps)
        {
            throw new InputException(
                $"--metrics {ofSwaps.Name}: it asks the model anew with terms swapped, and an audit has no model.");
        }
    }

    private static string Word(PredictionKind kind) => kind switch
    {
        PredictionKind.Rating => "ratings",
        PredictionKind.Classification => "classes",
        PredictionKind.Multiclass => "several classes",
        PredictionKind.MultiLabel => "sets of labels",
        _ => "rankings",
    };

    private static Column Find(Table table, string name, string option) => table.Find(name) ?? throw new InputException(
        $"{option} {name}: the file has no such column."
        + NearestName.Hint(name, [.. table.Columns.Select(c => c.Name)]));

    private static InputException Missing(Column column, int row) =>
        new($"Column '{column.Name}', row {row + 1}: the value is missing.");
}
