using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Learning;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;

namespace Evenhand.Bench;

/// <summary>Accuracy of transformers on a public set, as it is and under an attack on the vectors of words, by how they
/// were trained: plainly, by FGM, by PGD and freely.</summary>
/// <remarks>
/// Arguments, each with a default: data set (womens-clothing-reviews); largest perturbation (0.05) of a text, against
/// its word vectors; rows to train on (all); width (64) and layers (1) of the network; epochs (4). The seed is 0, the
/// split stratified, 80, 10 and 10 %; the attack is PGD of 10 steps with the norm L2 on the test part, with the
/// perturbation that was trained against, half of it and twice as much. Two threads.
/// </remarks>
internal static class RobustBench
{
    private const int Threads = 2;

    public static void Run(string[] args)
    {
        var set = Argument(args, 0) ?? "womens-clothing-reviews";
        var epsilon = double.Parse(Argument(args, 1) ?? "0.05", CultureInfo.InvariantCulture);
        var data = DatasetLoader.Load(DataCatalogue.Default.Get(set), new LoadOptions(), out _);
        var split = Splitter.Split(
            data, new SplitOptions { Strategy = SplitStrategy.Stratified }, new SeedTree(0));
        var rows = Math.Min(Number(args, 2, int.MaxValue), split.Train.RowCount);
        var train = split.Train.Select([.. Enumerable.Range(0, rows)]);
        var width = Number(args, 3, 64);
        var plain = new TransformerOptions
        {
            HiddenSize = width,
            IntermediateSize = 4 * width,
            NumberOfLayers = Number(args, 4, 1),
            NumberOfEpochs = Number(args, 5, 4),
            MaximumLength = 96,
            Adversary = new AdversaryOptions { Epsilon = epsilon },
        };
        double[] attacks = [epsilon / 2, epsilon, 2 * epsilon];
        Console.WriteLine(
            $"{set}: {train.RowCount:N0} training and {split.Test.RowCount:N0} test rows, epsilon {epsilon}, "
            + $"width {width}, {plain.NumberOfLayers} layers, {plain.NumberOfEpochs} epochs");
        Console.WriteLine($"{"training",-8} {"accuracy",8} "
            + $"{string.Join(' ', attacks.Select(attack => $"{$"at {attack}",8}"))} {"fit s",7}");
        foreach (var adversary in Enum.GetValues<AdversaryKind>())
        {
            var start = Stopwatch.GetTimestamp();
            var options = plain with { Adversary = plain.Adversary with { Kind = adversary } };
            using var model = (TransformerModel)new TransformerLearner(options).Fit(
                train, new FitContext { Seeds = new SeedTree(0), Threads = Threads });
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var found = Array.ConvertAll(attacks, attack => RobustAccuracy.Measure(
                model, split.Test, new EmbeddingAttackOptions { Epsilon = attack }, Threads));
            Console.WriteLine(
                $"{adversary,-8} {found[0].Accuracy,8:F4} "
                + $"{string.Join(' ', found.Select(each => $"{each.UnderAttack,8:F4}"))} {seconds,7:F1}");
        }
    }

    private static string? Argument(string[] args, int place) => args.Length > place ? args[place] : null;

    private static int Number(string[] args, int place, int otherwise) =>
        Argument(args, place) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
