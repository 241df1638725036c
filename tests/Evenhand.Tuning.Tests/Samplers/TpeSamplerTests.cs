using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Tests.Samplers;

[TestClass]
public sealed class TpeSamplerTests : SamplerConformance
{
    private const int Seeds = 20;

    private static readonly MeasureGoal Error = new("error", Maximize: false);
    private static readonly MeasureGoal Gap = new("gap", Maximize: false);

    public static IEnumerable<object[]> Functions =>
        [["Branin", 100, 0.7], ["Hartmann-6", 100, 0.7], ["Model search", 150, 0.8]];

    [TestMethod]
    [DynamicData(nameof(Functions))]
    public void Propose_KnownFunction_BeatsRandomInMedianRegret(string name, int trials, double margin)
    {
        var function = TestFunction.All.Single(candidate => candidate.Name == name);
        var random = MedianRegret(function, new RandomSampler(), trials);
        var tpe = MedianRegret(function, Create(), trials);
        Assert.IsLessThan(margin * random, tpe, $"TPE {tpe}, random {random}");
    }

    [TestMethod]
    public void Propose_Constrained_FindsFeasibleTrialsWhereFewAre()
    {
        // The error pulls to x = 1, the limit allows x <= 0.1 only.
        var space = new SearchSpace([new("x", new FloatDomain(0, 1)), new("y", new FloatDomain(0, 1))]);
        var objective = new ConstrainedObjective(Error, MeasureLimit.AtMost("gap", 0.1));
        var study = Run(space, objective, 80, set =>
            (1 - set["x"].AsDouble + Math.Abs(set["y"].AsDouble - 0.5), set["x"].AsDouble));
        var late = study.Trials.Skip(40).Count(trial => objective.Standing(trial) == TrialStanding.Feasible);
        Assert.IsGreaterThan(16, late, "Random search would find about 4 of 40.");
        Assert.IsLessThan(1.05, objective.Best(study.Trials)!.Measure("error"), "The best feasible error is 0.9.");
    }

    [TestMethod]
    public void Propose_SeveralObjectives_CoversMoreVolumeThanRandom()
    {
        // ZDT1 in 5 variables.
        var space = new SearchSpace(Enumerable.Range(0, 5).Select(i => new Parameter($"x{i}", new FloatDomain(0, 1))));
        var objective = new ParetoObjective([Error, Gap]);
        static (double, double) Zdt1(ParameterSet set)
        {
            var first = set["x0"].AsDouble;
            var rest = 1 + (9 * set.Values.Skip(1).Average(value => value.AsDouble));
            return (first, rest * (1 - Math.Sqrt(first / rest)));
        }

        static double Volume(Study study) =>
            ParetoFront.Hypervolume(study.Trials.Select(study.Objective.Losses), [1.1, 6]);
        for (var seed = 0; seed < 3; seed++)
        {
            var tpe = Volume(Run(space, objective, 120, Zdt1, new TpeSampler(), seed));
            var random = Volume(Run(space, objective, 120, Zdt1, new RandomSampler(), seed));
            Assert.IsGreaterThan(random, tpe, $"seed {seed}");
        }
    }

    [TestMethod]
    public void Propose_FailedTrials_AreAvoided()
    {
        // Half of the space fails; the other half is flat.
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);
        var objective = new CompositeObjective(Error);
        var trials = new List<FinishedTrial>();
        for (var number = 0; number < 60; number++)
        {
            var set = new TpeSampler().Propose(new ProposalContext(space, objective, trials, number, Seeded(3,
                number)));
            trials.Add(set["x"].AsDouble > 0.5
                ? TrialMaker.Failed(number, set)
                : TrialMaker.Complete(number, set, ("error", 1)));
        }

        Assert.IsLessThan(10, trials.Skip(20).Count(trial => trial.State == TrialState.Failed));
    }

    [TestMethod]
    public void Propose_TrialsRunning_KeepsAwayFromThem()
    {
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);
        var objective = new CompositeObjective(Error);
        var trials = Enumerable.Range(0, 40).Select(number =>
        {
            var x = (number + 0.5) / 40;
            return TrialMaker.Complete(number, space.FromUnit([x]), ("error", Math.Abs(x - 0.5)));
        }).ToArray();
        double Distance(IReadOnlyList<ParameterSet> running) => Enumerable.Range(0, 50).Average(seed => Math.Abs(
            new TpeSampler().Propose(new ProposalContext(space, objective, trials, 40, Seeded(seed,
                40))
            { Running = running })
                ["x"].AsDouble - 0.5));
        var centre = Enumerable.Repeat(space.FromUnit([0.5]), 8).ToArray();
        Assert.IsGreaterThan(1.2 * Distance([]), Distance(centre));
    }

    [TestMethod]
    public void Propose_SetsTriedBefore_AreNotRepeatedWhileOthersAreLeft()
    {
        var space = new SearchSpace(
        [
            new("learner", new CategoricalDomain(["bias", "factorization"])),
            new("rank", new IntDomain(1, 30)) { When = new("learner", ["factorization"]) },
        ]);
        var objective = new CompositeObjective(Error);
        var study = Run(space, objective, 31, set => (set["learner"].AsString == "bias" ? 0 : 1, 0));
        Assert.HasCount(31, study.Trials.Select(trial => trial.Parameters).Distinct());
    }

    [TestMethod]
    public void Options_Invalid_Throws()
    {
        Assert.ThrowsExactly<InputException>(() => new TpeSampler(new TpeOptions { StartupTrials = -1 }));
        Assert.ThrowsExactly<InputException>(() => new TpeSampler(new TpeOptions { Candidates = 0 }));
        Assert.ThrowsExactly<InputException>(() => new TpeSampler(new TpeOptions { PriorWeight = 0 }));
        Assert.ThrowsExactly<InputException>(
            () => new TpeSampler(new TpeOptions { PriorWeight = double.PositiveInfinity }));
        Assert.ThrowsExactly<InputException>(() => new TpeSampler(new TpeOptions { MostGood = 0 }));
    }

    protected override Sampler Create() => new TpeSampler();

    private static double MedianRegret(TestFunction function, Sampler sampler, int trials)
    {
        var regret = Enumerable.Range(0, Seeds)
            .Select(seed => function.SimpleRegret(sampler, trials, trial => Seeded(seed, trial))[^1])
            .Order().ToArray();
        return 0.5 * (regret[(Seeds / 2) - 1] + regret[Seeds / 2]);
    }

    private static Study Run(
        SearchSpace space,
        Objective objective,
        int trials,
        Func<ParameterSet, (double Error, double Gap)> evaluate,
        Sampler? sampler = null,
        int seed = 1)
    {
        var study = new Study(
            new StudyRecord("sweep", "test", "", TrialMaker.Noon),
            space, objective, sampler ?? new TpeSampler(), new MemoryStorage(), trial => Seeded(seed, trial));
        for (var number = 0; number < trials; number++)
        {
            var trial = study.Ask();
            var (error, gap) = evaluate(trial.Parameters);
            study.Tell(trial, TrialOutcome.Complete(
                new Dictionary<string, double> { ["error"] = error, ["gap"] = gap }));
        }

        return study;
    }

    private static SeededRandom Seeded(int seed, int trial) => new SeedTree(seed).Fork($"trial/{trial}").CreateRandom();
}
