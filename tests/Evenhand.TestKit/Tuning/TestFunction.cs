using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.TestKit.Tuning;

/// <summary>A function to minimize whose least value is known.</summary>
/// <param name="Name">Name in the literature.</param>
/// <param name="Space">Where it is searched.</param>
/// <param name="Least">The least value.</param>
/// <param name="Value">The function.</param>
public sealed record TestFunction(string Name, SearchSpace Space, double Least, Func<ParameterSet, double> Value)
{
    /// <summary>Branin (Dixon and Szego 1978): two variables, three equal minima.</summary>
    public static TestFunction Branin { get; } = new(
        "Branin",
        new SearchSpace([new("x", new FloatDomain(-5, 10)), new("y", new FloatDomain(0, 15))]),
        0.39788735772973816,
        set =>
        {
            var (x, y) = (set["x"].AsDouble, set["y"].AsDouble);
            var valley = y - (5.1 * x * x / (4 * Math.PI * Math.PI)) + (5 * x / Math.PI) - 6;
            return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
        });

    /// <summary>Hartmann-6 (Dixon and Szego 1978): six variables, six local minima.</summary>
    public static TestFunction Hartmann6 { get; } = new(
        "Hartmann-6",
        Cube(6, 0, 1),
        -3.32236801141551,
        set =>
        {
            double[] height = [1, 1.2, 3, 3.2];
            double[][] width =
            [
                [10, 3, 17, 3.5, 1.7, 8],
                [0.05, 10, 17, 0.1, 8, 14],
                [3, 3.5, 1.7, 10, 17, 8],
                [17, 8, 0.05, 10, 0.1, 14],
            ];
            double[][] centre =
            [
                [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
                [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
                [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
                [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
            ];
            var x = set.Values.Select(value => value.AsDouble).ToArray();
            return -height.Select((h, i) =>
                h * Math.Exp(-x.Select((v, j) => width[i][j] * Math.Pow(v - centre[i][j], 2)).Sum())).Sum();
        });

    /// <summary>Rosenbrock in four variables: a long curved valley.</summary>
    public static TestFunction Rosenbrock4 { get; } = new(
        "Rosenbrock-4",
        Cube(4, -5, 10),
        0,
        set =>
        {
            var x = set.Values.Select(value => value.AsDouble).ToArray();
            return x.Zip(x.Skip(1)).Sum(pair =>
                (100 * Math.Pow(pair.Second - (pair.First * pair.First), 2)) + Math.Pow(1 - pair.First, 2));
        });

    /// <summary>Ackley in five variables: many local minima around one funnel.</summary>
    public static TestFunction Ackley5 { get; } = new(
        "Ackley-5",
        Cube(5, -10, 32.768),
        0,
        set =>
        {
            var x = set.Values.Select(value => value.AsDouble).ToArray();
            return 20 + Math.E - (20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v))))
                - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v)));
        });

    /// <summary>The shape of a model search: three learners, each with options of its own, on logarithmic, integer,
    /// stepped and categorical scales. The best is the factorization at rank 40, lambda 0.05, rate 0.02, with square
    /// loss.</summary>
    public static TestFunction ModelSearch { get; } = new(
        "Model search",
        new SearchSpace(
        [
            new("learner", new CategoricalDomain(["factorization", "regression", "bias"])),
            new("rank", new IntDomain(8, 128) { Log = true }) { When = new("learner", ["factorization"]) },
            new("loss", new CategoricalDomain(["square", "absolute", "huber"])) { When = new("learner",
                ["factorization"]) },
            new("delta", new FloatDomain(0.5, 2) { Step = 0.25 }) { When = new("loss", ["huber"]) },
            new("rate", new FloatDomain(0.001, 0.3) { Log = true }) { When = new("learner", ["factorization"]) },
            new("lambda", new FloatDomain(0.001, 1) { Log = true }) { When = new(
                "learner", ["factorization", "regression"]) },
            new("buckets", new IntDomain(10, 20)) { When = new("learner", ["regression"]) },
        ]),
        0,
        set =>
        {
            double Miss(string name, double best, double scale) =>
                Math.Pow(Math.Log(set[name].AsDouble / best) / scale, 2);
            return set["learner"].AsString switch
            {
                "bias" => 1.2,
                "regression" => 0.6 + Miss("lambda", 0.2, 2) + (0.02 * Math.Pow(set["buckets"].AsInt64 - 17, 2)),
                _ => Miss("rank", 40, 1.5) + Miss("rate", 0.02, 1) + Miss("lambda", 0.05, 2)
                    + set["loss"].AsString switch
                    {
                        "square" => 0,
                        "absolute" => 0.3,
                        _ => 0.1 + (0.1 * Math.Abs(set["delta"].AsDouble - 1.25)),
                    },
            };
        });

    /// <summary>All functions.</summary>
    public static IReadOnlyList<TestFunction> All { get; } = [Branin, Hartmann6, Rosenbrock4, Ackley5, ModelSearch];

    /// <summary>The distance of the best value found to the least one after each of a number of trials.</summary>
    /// <param name="sampler">What proposes.</param>
    /// <param name="trials">How many trials.</param>
    /// <param name="randomForTrial">Random numbers of each trial.</param>
    public double[] SimpleRegret(Sampler sampler, int trials, Func<int, Random> randomForTrial)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var objective = new CompositeObjective(new MeasureGoal("value", Maximize: false));
        var study = new Study(
            new StudyRecord("regret", Name, "", DateTimeOffset.UnixEpoch),
            Space, objective, sampler, new MemoryStorage(), randomForTrial);
        var regret = new double[trials];
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < trials; trial++)
        {
            var running = study.Ask();
            var value = Value(running.Parameters);
            study.Tell(running, TrialOutcome.Complete(new Dictionary<string, double> { ["value"] = value }));
            best = Math.Min(best, value);
            regret[trial] = best - Least;
        }

        return regret;
    }

    private static SearchSpace Cube(int dimensions, double low, double high) =>
        new(Enumerable.Range(0, dimensions).Select(index => new Parameter($"x{index}", new FloatDomain(low, high))));
}
