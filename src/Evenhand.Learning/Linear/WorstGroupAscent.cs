using Evenhand.Learning.Mitigations.In.GroupDro;

namespace Evenhand.Learning.Linear;

/// <summary>Fits a linear problem for the group with the largest loss: rounds of steps on the weights of groups, each
/// followed by a fit that starts where the last one ended.</summary>
/// <remarks>The least loss under group weights q is concave in q, with the groups' losses as its gradient, so the
/// exponentiated gradient climbs to the weights under which the worst group is served best.</remarks>
internal static class WorstGroupAscent
{
    private const int Rounds = 25;
    private const int StepsPerRound = 20;

    /// <param name="problem">The problem; the weights of its loss are changed.</param>
    /// <param name="step">Step of the ascent.</param>
    /// <param name="groups">The groups of the rows.</param>
    /// <param name="minimize">Minimizes the problem from a point.</param>
    /// <param name="report">Told of each round, with its point; null for nobody.</param>
    public static double[] Minimize(
        LinearProblem problem, double step, RowGroups groups, Func<double[]?, double[]> minimize, SolverReport? report)
    {
        var weights = problem.Loss.Weights;
        var own = (double[])weights.Clone();
        var ofGroups = new double[groups.Count];
        for (var row = 0; row < own.Length; row++)
        {
            if (groups.Codes[row] is >= 0 and var group)
            {
                ofGroups[group] += own[row];
            }
        }

        var point = minimize(null);
        if (ofGroups.Count(weight => weight > 0) < 2)
        {
            return point;
        }

        var ascent = new GroupWeights(StepsPerRound * step, new double[groups.Count]);
        var (losses, factors) = (new double[groups.Count], new double[groups.Count]);
        var scores = new double[problem.ScoreCount];
        for (var round = 0; round < Rounds; round++)
        {
            problem.Scores(point, scores);
            losses.AsSpan().Clear();
            for (var row = 0; row < own.Length; row++)
            {
                if (groups.Codes[row] is >= 0 and var group)
                {
                    losses[group] += own[row] * problem.Loss.ValueOf(row, scores);
                }
            }

            ascent.Ascend(ofGroups, losses);
            ascent.Factors(ofGroups, factors);
            for (var row = 0; row < own.Length; row++)
            {
                weights[row] = own[row] * (groups.Codes[row] is >= 0 and var group ? factors[group] : 1);
            }

            point = minimize(point);
            report?.Invoke(round + 1, point, double.NaN);
        }

        return point;
    }
}
