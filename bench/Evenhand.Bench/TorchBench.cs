using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Classes;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Bench;

/// <summary>Shape of an encoder and of its batches.</summary>
internal sealed record EncoderShape(
    int Layers, int Hidden, int Heads, int Intermediate, int Vocabulary, int Batch, int Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Layers} x {Hidden}, batch {Batch} x {Length}");
}

/// <summary>Training steps of a transformer classifier a second, in float32 and bfloat16, on one thread and
/// two.</summary>
/// <remarks>
/// Arguments: the number of rounds (5), the steps of a round (10). Figures are medians of rounds: steps by the clock,
/// and by the seconds of processors, which hardly change when others work beside. A step is forward, backward, clipping
/// and AdamW; dropout is 0.1. To compare two versions let their runs take turns.
/// </remarks>
internal static class TorchBench
{
    private const int WarmUp = 3;
    private const double Dropout = 0.1;

    private static readonly EncoderShape[] Shapes =
    [
        new(2, 128, 4, 512, 8000, 32, 64),
        new(4, 256, 4, 1024, 8000, 32, 128),
        new(2, 768, 12, 3072, 30_522, 16, 128),
    ];

    public static void Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var steps = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        TorchRuntime.Require();
        Console.WriteLine($"{"layers x width",-26} {"threads",7} {"precision",-9} {"steps/s",8} {"steps/CPU s",11}");
        foreach (var shape in Shapes)
        {
            foreach (var threads in (int[])[1, 2])
            {
                foreach (var precision in (Precision[])[Precision.Float32, Precision.Bfloat16])
                {
                    Time(shape, threads, precision, rounds, steps);
                }
            }
        }
    }

    private static void Time(EncoderShape shape, int threads, Precision precision, int rounds, int steps)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var random = new SeedTree(1).Fork("bench");
        using var classifier = Classifier(shape, random);
        ITrainingObjective objective = new ClassificationObjective(
            classifier, [new ClassificationLoss(LabelKind.Binary, 0)], precision);
        var batch = Batch(shape);
        var parameters = classifier.parameters().ToArray();
        using var optimizer = new AdamW(parameters, weightDecay: 0.01);
        classifier.train();
        using var process = Process.GetCurrentProcess();
        var (rates, costs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            for (var step = 0; step < WarmUp; step++)
            {
                Step();
            }

            process.Refresh();
            var used = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            for (var step = 0; step < steps; step++)
            {
                Step();
            }

            rates.Add(steps / clock.Elapsed.TotalSeconds);
            process.Refresh();
            costs.Add(steps / (process.TotalProcessorTime - used).TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape,-26} {threads,7} {precision,-9} {PublishedCommand.Median(rates),8:0.00} "
            + $"{PublishedCommand.Median(costs),11:0.00}"));

        void Step()
        {
            using var inner = NewDisposeScope();
            optimizer.ClearGradients();
            objective.Accumulate(batch, 1).item<float>();
            nn.utils.clip_grad_norm_(parameters, 1);
            optimizer.Step(1e-4);
        }
    }

    private static TextClassifier Classifier(EncoderShape shape, SeedTree seeds) => TextClassifier.Create(
        new EncoderConfig
        {
            VocabularySize = shape.Vocabulary,
            HiddenSize = shape.Hidden,
            NumberOfLayers = shape.Layers,
            NumberOfHeads = shape.Heads,
            IntermediateSize = shape.Intermediate,
            MaximumLength = shape.Length,
            Dropout = Dropout,
            AttentionDropout = Dropout,
        },
        PoolingKind.Mean,
        1,
        new WeightInitializer(seeds.Fork("weights").CreateRandom()),
        new DropoutRandom(seeds.Fork("dropout")));

    private static TokenBatch Batch(EncoderShape shape) => new()
    {
        Rows = [.. Enumerable.Range(0, shape.Batch)],
        Ids = randint(shape.Vocabulary, [shape.Batch, shape.Length], ScalarType.Int64),
        Types = zeros([shape.Batch, shape.Length], ScalarType.Int64),
        Mask = ones(shape.Batch, shape.Length),
        Targets = randint(2, [shape.Batch, 1], ScalarType.Int64).to(ScalarType.Float32),
        Weights = ones(shape.Batch),
        TotalWeight = shape.Batch,
    };
}
