using Evenhand.Configuration;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>Fits the weights of one logistic regression, or of one for each label.</summary>
internal static class LogisticRegressionFit
{
    /// <param name="rows">Features, one row a text.</param>
    /// <param name="labels">What the texts are.</param>
    /// <param name="weights">Weight of each row's loss, before that of its class.</param>
    /// <param name="options">Solver, regularization and class weights.</param>
    /// <param name="context">Seeds, cancellation, progress, threads and mitigation.</param>
    /// <param name="groups">The groups of the rows; null where the context has no mitigation.</param>
    /// <param name="model">Makes a model of weights and intercepts, for reports; null where there are none.</param>
    /// <returns>The weight of column j for score c at <c>j * scores + c</c>, and the intercepts.</returns>
    public static (double[] Weights, double[] Intercepts) Fit(
        SparseMatrix rows,
        RowLabels labels,
        double[] weights,
        ILinearOptions options,
        FitContext context,
        RowGroups? groups = null,
        Func<double[], double[], Model>? model = null)
    {
        var columns = rows.Transpose();
        if (labels.Classes.Kind == LabelKind.MultiLabel)
        {
            return OneVersusRest(rows, columns, labels, weights, options, context, groups);
        }

        // The weights are the fit's own: a mitigation may change them.
        var own = (double[])weights.Clone();
        ScoreLoss loss = labels.Classes.Kind == LabelKind.Binary
            ? new BinaryLoss(labels.Have(1), own)
            : new SoftmaxLoss(labels.Codes.ToArray(), labels.Classes.ScoreCount, own);
        var problem = new LinearProblem(
            rows, columns, Mitigated(loss, labels.Codes.ToArray(), context, groups), options, context);
        SolverReport? report = model is null || context.Listener is null ? null : (step, at, value) => context.Report(
            step,
            value / problem.Loss.Weights.Sum(),
            () =>
            {
                var (fitted, shifts) = Parts(at);
                return model(fitted, shifts);
            });
        return Parts(Minimize(problem, context, groups, problem: 0, problems: 1, report));

        (double[] Weights, double[] Intercepts) Parts(double[] point)
        {
            var intercepts = point[problem.WeightCount..];
            if (labels.Classes.Kind == LabelKind.Multiclass)
            {
                // The loss knows the intercepts up to a constant; this makes them unique.
                var mean = intercepts.Average();
                intercepts = Array.ConvertAll(intercepts, b => b - mean);
            }

            return (point[..problem.WeightCount], intercepts);
        }
    }

    // The labels are fitted one after the other: there is no step at which all of them have come as far.
    /// <summary>Fits one score to a loss, which no mitigation changes.</summary>
    /// <param name="rows">Features, one row each.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">Solver and regularization.</param>
    /// <param name="context">Seeds, cancellation, progress, threads.</param>
    /// <param name="model">Makes the model for reports.</param>
    public static (double[] Weights, double[] Intercepts) Fit(
        SparseMatrix rows,
        ScoreLoss loss,
        ILinearOptions options,
        FitContext context,
        Func<double[], double[], Model> model)
    {
        var problem = new LinearProblem(rows, rows.Transpose(), loss, options, context);
        SolverReport? report = context.Listener is null ? null : (step, at, value) => context.Report(
            step,
            value / loss.Weights.Sum(),
            () => model(at[..problem.WeightCount], at[problem.WeightCount..]));
        var point = Minimize(problem, context, null, problem: 0, problems: 1, report);
        return (point[..problem.WeightCount], point[problem.WeightCount..]);
    }

    private static (double[] Weights, double[] Intercepts) OneVersusRest(
        SparseMatrix rows,
        SparseMatrix columns,
        RowLabels labels,
        double[] weights,
        ILinearOptions options,
        FitContext context,
        RowGroups? groups)
    {
        var count = labels.Classes.ScoreCount;
        var all = new double[rows.ColumnCount * count];
        var intercepts = new double[count];
        for (var label = 0; label < count; label++)
        {
            var have = labels.Have(label);
            var own = RowLabels.Weights(weights, have, options.ClassWeights);
            var loss = new BinaryLoss(have, ReferenceEquals(own, weights) ? (double[])own.Clone() : own);
            var classes = Array.ConvertAll(have, has => has ? 1 : 0);
            var problem = new LinearProblem(
                rows, columns, Mitigated(loss, classes, context, groups), options, context);
            var point = Minimize(problem, context, groups, label, count, report: null);
            intercepts[label] = point[^1];
            for (var column = 0; column < rows.ColumnCount; column++)
            {
                all[(column * count) + label] = point[column];
            }
        }

        return (all, intercepts);
    }

    private static ScoreLoss Mitigated(ScoreLoss loss, int[] classes, FitContext context, RowGroups? groups) =>
        context.Mitigation is PenaltyMitigation mitigation && mitigation.Start() is { Weight: > 0 } penalty
            ? new PenalizedLoss(loss, penalty, groups!, classes)
            : loss;

    private static double[] Minimize(
        LinearProblem linear,
        FitContext context,
        RowGroups? groups,
        int problem,
        int problems,
        SolverReport? report)
    {
        var iterations = linear.Options.NumberOfIterations;
        Action<int>? progress = context.Progress is not { } listener ? null : iteration => listener(new WorkProgress(
            ((long)problem * iterations) + iteration, (long)problems * iterations, "iterations"));
        return context.Mitigation is GroupDro robust
            ? WorstGroupAscent.Minimize(linear, robust.StepSize, groups!, start => Solve(start, null), report)
            : Solve(null, report);

        double[] Solve(double[]? start, SolverReport? report) => linear.Options.Solver switch
        {
            LogisticRegressionSolver.Lbfgs => LimitedMemoryBfgs.Minimize(linear, progress, start, report),
            LogisticRegressionSolver.Sgd => AveragedGradientDescent.Minimize(
                linear, context.Seeds.Fork($"problem/{problem}"), progress, report),
            _ => TruncatedNewton.Minimize(linear, progress, start, report),
        };
    }
}

/// <summary>Told of each iteration of a solver; null where nobody wants to know.</summary>
/// <param name="step">Iterations finished, counted from 1.</param>
/// <param name="point">Where it stands; changed by the next iteration.</param>
/// <param name="value">The loss there, with its regularization.</param>
internal delegate void SolverReport(int step, double[] point, double value);
