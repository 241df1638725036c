namespace Evenhand.Tuning;

/// <summary>Tree-structured Parzen estimator: proposes what is likely under a density of the good trials and unlikely under
/// one of the bad.</summary>
/// <remarks>
/// Bergstra, Bardenet, Bengio, Kegl 2011, Algorithms for hyper-parameter optimization, section 4; joint densities after
/// Falkner et al. 2018 (BOHB). The order of the objective says which trials are good: feasible before infeasible, and fronts
/// when there are several objectives. Failed trials, and those with undefined measures, count as bad; running ones too, so
/// that parallel trials keep apart. A set that was tried before is proposed again only when no new one is found.
/// </remarks>
public sealed class TpeSampler : Sampler
{
    // How many random sets are tried for a new one when all candidates were tried before.
    private const int FreshDraws = 100;

    private readonly TpeOptions _options;

    /// <summary>A sampler with the given options.</summary>
    /// <param name="options">The defaults when null.</param>
    public TpeSampler(TpeOptions? options = null) => _options = options ?? new TpeOptions();

    /// <inheritdoc/>
    public override string Name => "tpe";

    /// <inheritdoc/>
    public override ParameterSet Propose(ProposalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var tried = context.Trials.Select(trial => trial.Parameters).Concat(context.Running).ToHashSet();
        var keys = context.Objective.KeysOf(context.Trials);
        if (TpeSplit.CountDefined(keys) < Math.Max(1, _options.StartupTrials))
        {
            return DrawFresh(context, tried) ?? RandomSampler.Draw(context.Space, context.Random);
        }

        var split = TpeSplit.Of(context.Trials, keys, _options.MostGood);
        var good = split.Good.Select(trial => context.Space.PointOf(trial.Parameters)).ToArray();
        var bad = split.Bad.Select(trial => trial.Parameters).Concat(context.Running)
            .Select(context.Space.PointOf).ToArray();
        var proposals = _options.Multivariate
            ? ProposeJointly(context, good, bad)
            : [ProposeOneByOne(context, good, bad)];
        return proposals.FirstOrDefault(proposal => !tried.Contains(proposal))
            ?? DrawFresh(context, tried)
            ?? proposals[0];
    }

    // All candidates, the most promising first.
    private ParameterSet[] ProposeJointly(ProposalContext context, double[][] good, double[][] bad)
    {
        var dimensions = Enumerable.Range(0, context.Space.Parameters.Count).ToArray();
        var likely = new ParzenEstimator(context.Space, good, dimensions, _options.PriorWeight);
        var unlikely = new ParzenEstimator(context.Space, bad, dimensions, _options.PriorWeight);
        var candidates = new (ParameterSet Set, double Score)[_options.Candidates];
        for (var candidate = 0; candidate < candidates.Length; candidate++)
        {
            var builder = new ParameterSetBuilder(context.Space);
            likely.Draw(builder, context.Random);
            candidates[candidate] = (builder.ToSet(), likely.LogDensity(builder) - unlikely.LogDensity(builder));
        }

        return [.. candidates.OrderByDescending(candidate => candidate.Score).Select(candidate => candidate.Set)];
    }

    // The best of the candidates for each parameter, given those before it.
    private ParameterSet ProposeOneByOne(ProposalContext context, double[][] good, double[][] bad)
    {
        var chosen = new ParameterSetBuilder(context.Space);
        for (var dimension = 0; dimension < context.Space.Parameters.Count; dimension++)
        {
            if (!chosen.IsActive(dimension))
            {
                continue;
            }

            var likely = EstimatorOf(context.Space, good, dimension);
            var unlikely = EstimatorOf(context.Space, bad, dimension);
            ParameterValue? best = null;
            var bestScore = double.NegativeInfinity;
            for (var candidate = 0; candidate < _options.Candidates; candidate++)
            {
                likely.Draw(chosen, context.Random);
                var score = likely.LogDensity(chosen) - unlikely.LogDensity(chosen);
                if (best is null || score > bestScore)
                {
                    (best, bestScore) = (chosen[dimension], score);
                }
            }

            chosen.Set(dimension, best!.Value);
        }

        return chosen.ToSet();
    }

    private ParzenEstimator EstimatorOf(SearchSpace space, double[][] points, int dimension) => new(
        space, [.. points.Where(point => !double.IsNaN(point[dimension]))], [dimension], _options.PriorWeight);

    private static ParameterSet? DrawFresh(ProposalContext context, HashSet<ParameterSet> tried)
    {
        for (var draw = 0; draw < FreshDraws; draw++)
        {
            var set = RandomSampler.Draw(context.Space, context.Random);
            if (!tried.Contains(set))
            {
                return set;
            }
        }

        return null;
    }
}
