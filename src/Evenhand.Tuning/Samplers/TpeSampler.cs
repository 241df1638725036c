using Evenhand.Configuration;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Samplers;

/// <summary>Tree-structured Parzen estimator: proposes what is likely under a density of the good trials and unlikely
/// under one of the bad.</summary>
/// <remarks>
/// Bergstra, Bardenet, Bengio, Kegl 2011, Algorithms for hyper-parameter optimization, section 4; joint densities after
/// Falkner et al. 2018 (BOHB); good trials weighted by improvement after Song et al. 2022 and Watanabe 2023. The order
/// of the objective says which trials are good: feasible before infeasible, and fronts when there are several
/// objectives. Failed trials, pruned ones and those with undefined measures count as bad; running ones too, so that
/// parallel trials keep apart. Parameters on which others depend are drawn from the good trials' density and not
/// optimized: a branch of the tree that has done badly so far is still tried now and then. A set that was tried before
/// is proposed again only when no new one is found. </remarks>
public sealed class TpeSampler : Sampler
{
    /// <summary>What a registry knows of it.</summary>
    public static StudyPartDescriptor<Sampler> Descriptor { get; } = StudyPartDescriptor<Sampler>.Of<TpeOptions>(
        "tpe",
        "Tree-structured Parzen estimator: tries more of what did well so far.",
        options => new TpeSampler(options));

    // One proposal in four goes to a branch drawn evenly, estimated from the branch's own trials: what a branch can do
    // shows only when its parameters are tuned, and the density of all good trials knows the best branch alone.
    private const double ExplorationShare = 0.25;

    // A branch with fewer trials is drawn at random.
    private const int FewestInBranch = 4;

    // How many random sets are tried for a new one when all candidates were tried before.
    private const int FreshDraws = 1000;


    /// <summary>A sampler with the given options.</summary>
    /// <param name="options">The defaults when null.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public TpeSampler(TpeOptions? options = null)
    {
        Options = options ?? new TpeOptions();
        OptionsValidator.Check(Options);
    }

    /// <summary>The options it was made with.</summary>
    public TpeOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "tpe";

    /// <inheritdoc/>
    public override ParameterSet Propose(ProposalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var tried = context.Trials.Select(trial => trial.Parameters).Concat(context.Running).ToHashSet();
        var keys = context.Objective.KeysOf(context.Trials);
        if (!Tells(keys, Options.StartupTrials))
        {
            return DrawFresh(context, tried) ?? RandomSampler.Draw(context.Space, context.Random);
        }

        var candidates = context.Space.HasBranches && context.Random.NextDouble() < ExplorationShare
            ? ExploreBranch(context)
            : DrawCandidates(context, context.Trials, keys, branch: null);
        return candidates.FirstOrDefault(candidate => !tried.Contains(candidate))
            ?? DrawFresh(context, tried)
            ?? candidates[0];
    }

    private ParameterSet[] ExploreBranch(ProposalContext context)
    {
        var drawn = new ParameterSetBuilder(context.Space);
        RandomSampler.Fill(drawn, context.Space, context.Random);
        var branch = drawn.CopyParents();
        var trials = context.Trials.Where(trial => branch.AgreesWith(trial.Parameters)).ToArray();
        var keys = context.Objective.KeysOf(trials);
        return Tells(keys, FewestInBranch) ? DrawCandidates(context, trials, keys, branch) : [drawn.ToSet()];
    }

    // Pruned trials tell where not to go; without any that is complete nothing tells where to.
    private static bool Tells(TrialKey[] keys, int fewest) => Array.Exists(keys, key => key.IsDefined)
        && keys.Count(key => key.IsDefined || key.Standing == TrialStanding.Pruned) >= fewest;

    // All candidates, the most promising first.
    private ParameterSet[] DrawCandidates(
        ProposalContext context, IReadOnlyList<FinishedTrial> trials, TrialKey[] keys, ParameterSetBuilder? branch)
    {
        var (space, random) = (context.Space, context.Random);
        var split = TpeSplit.Of(keys, Options);
        double[] PointOf(int trial) => space.PointOf(trials[trial].Parameters);
        var bad = split.Bad.Select(PointOf).Concat(context.Running.Select(space.PointOf)).ToArray();
        var likely = new ParzenEstimator(
            space, [.. split.Good.Select(PointOf)], split.Weights, Options.PriorWeight);
        var unlikely = new ParzenEstimator(
            space, bad, [.. Enumerable.Repeat(1d, bad.Length)], Options.PriorWeight);
        if (branch is null)
        {
            branch = new ParameterSetBuilder(space);
            likely.Draw(branch, random);
        }

        var scored = new (ParameterSet Set, double Score)[Options.Candidates];
        for (var candidate = 0; candidate < scored.Length; candidate++)
        {
            var builder = branch.CopyParents();
            likely.Draw(builder, random);
            scored[candidate] = (builder.ToSet(), likely.LogDensity(builder) - unlikely.LogDensity(builder));
        }

        return [.. scored.OrderByDescending(candidate => candidate.Score).Select(candidate => candidate.Set)];
    }

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
