using Evenhand.Bench;

// Each benchmark prints its own figures; the first argument names it.
var benchmarks = new Dictionary<string, Action<string[]>>
{
    ["reader"] = ReaderBench.Run,
    ["metrics"] = MetricsBench.Run,
    ["coverage"] = CoverageBench.Run,
    ["paired"] = PairedBench.Run,
    ["tuning"] = TuningBench.Run,
    ["startup"] = StartupBench.Run,
    ["leaderboard"] = LeaderboardBench.Run,
    ["factorization"] = FactorizationBench.Run,
    ["learning"] = LearningBench.Run,
    ["topn"] = TopNBench.Run,
    ["scaling"] = ScalingBench.Run,
    ["ials"] = ImplicitBench.Run,
    ["linear"] = LinearBench.Run,
    ["fasttext"] = FastTextBench.Run,
    ["torch"] = TorchBench.Run,
    ["robust"] = RobustBench.Run,
    ["memory"] = MemoryBench.Run,
    ["subwords"] = SubwordsBench.Run,
    ["text-linear"] = TextLinearBench.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"usage: bench <{string.Join('|', benchmarks.Keys)}> [arguments]");
    return 2;
}

run(args[1..]);
return 0;
