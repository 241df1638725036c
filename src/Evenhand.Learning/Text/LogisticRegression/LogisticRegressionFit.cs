using Evenhand.Configuration;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Text.LogisticRegression;

/// <summary>Fits the weights of one logistic regression, or of one for each label.</summary>
internal static class LogisticRegressionFit
{
    /// <param name="rows">Features, one row a text.</param>
    /// <param name="labels">What the texts are.</param>
    /// <param name="weights">Weight of each row's loss, before that of its class.</param>
    /// <param name="options">Solver, regularization and class weights.</param>
    /// <param name="context">Seeds, cancellation, progress, threads and mitigation.</param>
    /// <param name="groups">The groups of the rows; null where the context has no mitigation.</param>
    /// <returns>The weight of column j for score c at <c>j * scores + c</c>, and the intercepts.</returns>
    public static (double[] Weights, double[] Intercepts) Fit(
        SparseMatrix rows,
        TextLabels labels,
        double[] weights,
        LogisticRegressionOptions options,
        FitContext context,
        RowGroups? groups = null)
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
        var point = Minimize(problem, context, groups, problem: 0, problems: 1);
        var intercepts = point[problem.WeightCount..];
        if (labels.Classes.Kind == LabelKind.Multiclass)
        {
            // The loss knows the intercepts up to a constant; this makes them unique.
            var mean = intercepts.Average();
            intercepts = Array.ConvertAll(intercepts, b => b - mean);
        }

        return (point[..problem.WeightCount], intercepts);
    }

    private static (double[] Weights, double[] Intercepts) OneVersusRest(
        SparseMatrix rows,
        SparseMatrix columns,
        TextLabels labels,
        double[] weights,
        LogisticRegressionOptions options,
        FitContext context,
        RowGroups? groups)
    {
        var count = labels.Classes.ScoreCount;
        var all = new double[rows.ColumnCount * count];
        var intercepts = new double[count];
        for (var label = 0; label < count; label++)
        {
            var have = labels.Have(label);
            var own = TextLabels.Weights(weights, have, options.ClassWeights);
            var loss = new BinaryLoss(have, ReferenceEquals(own, weights) ? (double[])own.Clone() : own);
            var classes = Array.ConvertAll(have, has => has ? 1 : 0);
            var problem = new LinearProblem(
                rows, columns, Mitigated(loss, classes, context, groups), options, context);
            var point = Minimize(problem, context, groups, label, count);
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
        LinearProblem linear, FitContext context, RowGroups? groups, int problem, int problems)
    {
        var iterations = linear.Options.NumberOfIterations;
        Action<int>? progress = context.Progress is not { } listener ? null : iteration => listener(new WorkProgress(
            ((long)problem * iterations) + iteration, (long)problems * iterations, "iterations"));
        return context.Mitigation is GroupDro robust
            ? WorstGroupAscent.Minimize(linear, robust.StepSize, groups!, Solve)
            : Solve(null);

        double[] Solve(double[]? start) => linear.Options.Solver switch
        {
            LogisticRegressionSolver.Lbfgs => LimitedMemoryBfgs.Minimize(linear, progress, start),
            LogisticRegressionSolver.Sgd => AveragedGradientDescent.Minimize(
                linear, context.Seeds.Fork($"problem/{problem}"), progress),
            _ => TruncatedNewton.Minimize(linear, progress, start),
        };
    }
}
