using System.Globalization;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Metrics;
using Evenhand.Plots;
using Evenhand.Plots.Layouts;
using Evenhand.Plots.Traces;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>The figures of a leaderboard: the same in a notebook, in the web page, and in a file of their
/// own.</summary>
public static class LeaderboardFigures
{
    private const string Blue = "#0072b2";
    private const string Grey = "#8a9099";

    /// <summary>Every finished trial on two axes, by default accuracy across and the objective's gap up, with the
    /// Pareto front of the two drawn as a step line.</summary>
    /// <remarks>Trials differ by shape as well as by colour: the best is a star, the most accurate a diamond, members
    /// of the Pareto front are discs, dominated trials rings, infeasible ones crosses, those with constant predictions
    /// squares. The colours are those that Okabe and Ito (2008) chose to be told apart with every kind of colour
    /// vision, darkened a little where they carry text.</remarks>
    /// <param name="leaderboard">The leaderboard.</param>
    /// <param name="x">Name of a metric or fairness figure; null for the objective's accuracy metric.</param>
    /// <param name="y">Name of a metric or fairness figure; null for the objective's first fairness figure.</param>
    /// <param name="errorBars">Whether the bounds of both figures are drawn.</param>
    /// <exception cref="ArgumentNullException">There is no leaderboard.</exception>
    /// <exception cref="InputException">No finished trial has a figure of that name.</exception>
    public static PlotlyFigure Pareto(
        Leaderboard leaderboard, string? x = null, string? y = null, bool errorBars = false)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        var axes = FigureAxes.Default(leaderboard);
        axes = new FigureAxes(Known(leaderboard, x) ?? axes.X, Known(leaderboard, y) ?? axes.Y);
        var complete = leaderboard.Trials.Where(t => t.IsComplete).ToList();
        var byRole = complete.ToLookup(trial => TrialRoles.Of(leaderboard, trial));
        var traces = new List<Trace> { Front(leaderboard, complete, axes) };
        traces.AddRange(TrialRoles.DrawingOrder.Where(byRole.Contains)
            .Select(role => Points(leaderboard, role, [.. byRole[role]], axes, errorBars)));
        return new PlotlyFigure
        {
            Data = traces,
            Layout = new PlotlyLayout
            {
                Title = new Title(PlotlyText.Escape(leaderboard.Study)),
                XAxis = AxisOf(leaderboard, axes.X),
                YAxis = AxisOf(leaderboard, axes.Y),
                Legend = new Legend { Orientation = "h", X = 0, XAnchor = "left", Y = 1.02, YAnchor = "bottom" },
                ShowLegend = true,
                HoverMode = "closest",
                HoverLabel = new HoverLabel { Align = "left", NameLength = -1 },
                Margin = new Margin { Left = 72, Right = 24, Top = 84, Bottom = 60 },
                Height = 480,
            },
            Config = new PlotlyConfig
            { ModeBarButtonsToRemove = [PlotlyConfig.UploadButton, "lasso2d", "select2d", "autoScale2d"] },
        };
    }

    /// <summary>One metric of one trial in every group of an attribute, with bounds.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="attribute">The group attribute, such as <c>gender</c>.</param>
    /// <param name="metric">Name of a metric of groups, such as <c>rmse</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InputException">The trial has no such attribute, or its groups have no such metric.</exception>
    public static PlotlyFigure Groups(LeaderboardTrial trial, string attribute, string metric)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentNullException.ThrowIfNull(metric);
        if (!trial.Groups.TryGetValue(attribute, out var groups))
        {
            throw new InputException($"Trial {trial.Number} has no groups by '{attribute}'."
                + NearestName.Hint(attribute, [.. trial.Groups.Keys]));
        }

        var metrics = groups.Values.SelectMany(g => g.Values.Keys).Distinct().ToList();
        if (!metrics.Contains(metric))
        {
            throw new InputException($"The groups by '{attribute}' have no metric '{metric}'."
                + NearestName.Hint(metric, metrics));
        }

        var figures = groups.Values.Select(g => g.Values.GetValueOrDefault(metric, Undefined)).ToArray();
        return new PlotlyFigure
        {
            Data =
            [
                new BarTrace
                {
                    Name = metric,
                    X = groups.Select(g => PlotlyText.Escape(
                        $"{g.Key} ({g.Value.Count.ToString("N0", CultureInfo.InvariantCulture)})"))
                        .ToArray(),
                    Y = Array.ConvertAll(figures, f => f.Value),
                    ErrorY = Bounds(figures, visible: true),
                    Marker = new Marker { Color = Blue, Opacity = 0.85 },
                },
            ],
            Layout = new PlotlyLayout
            {
                Title = new Title(PlotlyText.Escape($"Trial {trial.Number}: {metric} by {attribute}")),
                XAxis = new Axis { Type = AxisType.Category, AutoMargin = true },
                YAxis = new Axis
                {
                    Title = new Title(PlotlyText.Escape(metric)),
                    RangeMode = "tozero",
                    AutoMargin = true,
                },
                ShowLegend = false,
            },
        };
    }

    /// <summary>Learning curves of one trial: measures of the validation part, and <c>train-loss</c>, by step of the
    /// fit.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="measures">Names of measures that share an axis, such as <c>rmse</c>; none for all.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InputException">The trial has no curves, or none of that name.</exception>
    public static PlotlyFigure Curves(LeaderboardTrial trial, params IReadOnlyList<string> measures)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(measures);
        var names = TrialCurves.Names(trial.Reports);
        if (names.Count == 0)
        {
            throw new InputException($"Trial {trial.Number} has no curves: they are kept where the experiment has "
                + "'curves: true' or a pruner, by learners that iterate.");
        }

        foreach (var measure in measures.Where(measure => !names.Contains(measure)))
        {
            throw new InputException(
                $"Trial {trial.Number} has no curve '{measure}'." + NearestName.Hint(measure, names));
        }

        return CurveFigure(
            $"Trial {trial.Number}",
            measures is [var only] ? only : "",
            (measures.Count > 0 ? measures : names).Select(name => Curve(trial, name, name) with
            {
                Mode = ScatterMode.LinesAndMarkers,
            }));
    }

    /// <summary>One learning curve of every trial: those that were pruned end early, in grey.</summary>
    /// <param name="leaderboard">The leaderboard.</param>
    /// <param name="measure">Name of a measure; null for the objective's accuracy metric.</param>
    /// <exception cref="ArgumentNullException">There is no leaderboard.</exception>
    /// <exception cref="InputException">No trial has a curve of that name.</exception>
    public static PlotlyFigure Curves(Leaderboard leaderboard, string? measure = null)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        var name = measure ?? leaderboard.Objective.Accuracy;
        var names = TrialCurves.Names(leaderboard.Trials.SelectMany(trial => trial.Reports));
        return !names.Contains(name)
            ? throw new InputException($"No trial has a curve '{name}'." + NearestName.Hint(name, names))
            : CurveFigure(
                leaderboard.Study,
                name,
                leaderboard.Trials.Where(trial => trial.Reports.Count > 0).OrderBy(trial => trial.IsComplete).Select(
                    trial => Curve(trial, name, $"trial {trial.Number}") with
                    {
                        Line = new Line { Color = trial.IsComplete ? Blue : Grey, Width = 1.5 },
                    }),
                legend: false);
    }

    // Lines of one colour are told apart by what hovers over them, not by a legend.
    private static PlotlyFigure CurveFigure(
        string title, string measure, IEnumerable<ScatterTrace> curves, bool legend = true) => new()
        {
            Data = [.. curves],
            Layout = new PlotlyLayout
            {
                Title = new Title(PlotlyText.Escape(measure.Length > 0 ? $"{title}: {measure}" : title)),
                XAxis = new Axis { Title = new Title("step"), ZeroLine = false, AutoMargin = true },
                YAxis = new Axis { Title = new Title(PlotlyText.Escape(measure)), ZeroLine = false, AutoMargin = true },
                ShowLegend = legend ? null : false,
                HoverMode = "closest",
                HoverLabel = new HoverLabel { Align = "left", NameLength = -1 },
            },
        };

    private static ScatterTrace Curve(LeaderboardTrial trial, string measure, string name) => new()
    {
        Name = PlotlyText.Escape(name),
        Mode = ScatterMode.Lines,
        X = trial.Reports.Select(report => (double)report.Step).ToArray(),
        Y = TrialCurves.Values(trial.Reports, measure),
        CustomData = PlotlyData.Of(trial.Reports.Select(_ => (double)trial.Number)),
        HoverTemplate = $"{PlotlyText.Escape(name)}, step %{{x}}: %{{y:.4f}}<extra></extra>",
    };

    private static MetricValue Undefined => new(double.NaN, double.NaN, double.NaN);

    private static string? Known(Leaderboard leaderboard, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var names = FigureAxes.Names(leaderboard).ToList();
        return names.Contains(name) ? name
            : throw new InputException($"No finished trial has a figure '{name}'." + NearestName.Hint(name, names));
    }

    private static Axis AxisOf(Leaderboard leaderboard, string name)
    {
        var direction = leaderboard.GreaterIsBetter.Contains(name) ? "higher is better" : "lower is better";
        return new Axis
        {
            Title = new Title($"{PlotlyText.Escape(name)} ({direction})"),
            ZeroLine = false,
            AutoMargin = true,
        };
    }

    private static ScatterTrace Front(Leaderboard leaderboard, IEnumerable<LeaderboardTrial> trials, FigureAxes axes)
    {
        var maximizeX = leaderboard.GreaterIsBetter.Contains(axes.X);
        var maximizeY = leaderboard.GreaterIsBetter.Contains(axes.Y);
        var points = ParetoLine.Of(
            trials.Where(t => t is { Feasible: true, Constant: false })
                .Select(t => (Value(t, axes.X), Value(t, axes.Y))),
            maximizeX,
            maximizeY);
        return new ScatterTrace
        {
            Name = "Pareto front",
            Meta = "front",
            Mode = ScatterMode.Lines,
            X = points.Select(p => p.X).ToArray(),
            Y = points.Select(p => p.Y).ToArray(),
            Line = new Line
            {
                Color = Blue,
                Width = 1.5,
                Shape = maximizeX ? LineShape.VerticalThenHorizontal : LineShape.HorizontalThenVertical,
            },
            HoverInfo = "skip",
            Opacity = 0.7,
        };
    }

    private static ScatterTrace Points(
        Leaderboard leaderboard, TrialRole role, LeaderboardTrial[] trials, FigureAxes axes, bool errorBars)
    {
        var look = TrialRoles.Look(leaderboard, role);
        return new ScatterTrace
        {
            Name = look.Name,
            Meta = look.Key,
            X = Array.ConvertAll(trials, t => Value(t, axes.X)),
            Y = Array.ConvertAll(trials, t => Value(t, axes.Y)),
            ErrorX = Bounds(Array.ConvertAll(trials, t => FigureAxes.Figure(t, axes.X) ?? Undefined), errorBars),
            ErrorY = Bounds(Array.ConvertAll(trials, t => FigureAxes.Figure(t, axes.Y) ?? Undefined), errorBars),
            Text = Array.ConvertAll(trials, HoverText),
            CustomData = Array.ConvertAll(trials, t => (double)t.Number),
            HoverTemplate = "%{text}<br>"
                + $"{PlotlyText.Escape(axes.X)} %{{x:.4f}}<br>{PlotlyText.Escape(axes.Y)} %{{y:.4f}}<extra></extra>",
            Marker = look.Marker,
        };
    }

    private static double Value(LeaderboardTrial trial, string name) =>
        (FigureAxes.Figure(trial, name) ?? Undefined).Value;

    private static ErrorBars Bounds(MetricValue[] figures, bool visible) =>
        ErrorBars.Between(
            Array.ConvertAll(figures, f => f.Value),
            Array.ConvertAll(figures, f => f.Low),
            Array.ConvertAll(figures, f => f.High)) with
        { Visible = visible };

    private static string HoverText(LeaderboardTrial trial)
    {
        var text = new StringBuilder($"<b>{PlotlyText.Escape(trial.Learner)}</b>, trial {trial.Number}");
        foreach (var (name, value) in trial.Params)
        {
            text.Append("<br>").Append(PlotlyText.Escape($"{name} {Shortened(value.ToString())}"));
        }

        return text.Append(CultureInfo.InvariantCulture, $"<br>{trial.Seconds:0.0} s").ToString();
    }

    // Four digits of a sampled number tell trials apart; a long text would leave the screen.
    private static string Shortened(string value) =>
        value.Length > 7 && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G4", CultureInfo.InvariantCulture)
        : value.Length > 60 ? $"{value[..59]}…"
        : value;
}
