using System.Diagnostics;
using System.Globalization;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Torch;
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

/// <summary>Training steps of a transformer classifier a second, against a C++ program on the same libtorch that does the
/// same steps (<c>bench/libtorch-peer</c>), in float32 and bfloat16.</summary>
/// <remarks>
/// Arguments: the number of rounds (5), the steps of a round (10). Ours and the peer's rounds take turns; figures are
/// medians of rounds. Both do forward, backward, clipping and AdamW on the same tokens' count; dropout is 0.1 in both,
/// each with its own generator. A peer of another libtorch is built with CMAKE_PREFIX_PATH.
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
        var folder = Directory.CreateTempSubdirectory("evenhand-peer-").FullName;
        try
        {
            var peer = BuildPeer(folder);
            Console.WriteLine(
                $"{"layers x width",-26} {"threads",7} {"precision",-9} {"ours/s",8} {"C++/s",8} {"ratio",6}");
            foreach (var shape in Shapes)
            {
                foreach (var threads in (int[])[1, 2])
                {
                    foreach (var precision in (Precision[])[Precision.Float32, Precision.Bfloat16])
                    {
                        Race(shape, threads, precision, rounds, steps, peer);
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Race(
        EncoderShape shape, int threads, Precision precision, int rounds, int steps, string? peer)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        var random = new SeedTree(1).Fork("bench");
        using var classifier = Classifier(shape, random);
        ITrainingObjective objective = new ClassificationObjective(
            classifier, [new ClassificationLoss(LabelKind.Binary, 0)], precision);
        var batch = Batch(shape);
        using var optimizer = optim.AdamW(classifier.parameters(), 1e-4, weight_decay: 0.01);
        var parameters = classifier.parameters().ToArray();
        classifier.train();
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            for (var step = 0; step < WarmUp; step++)
            {
                Step();
            }

            var clock = Stopwatch.StartNew();
            for (var step = 0; step < steps; step++)
            {
                Step();
            }

            ours.Add(steps / clock.Elapsed.TotalSeconds);
            if (peer is not null)
            {
                theirs.Add(RunPeer(peer, shape, threads, precision, steps));
            }
        }

        var (own, other) = (Median(ours), peer is null ? double.NaN : Median(theirs));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape,-26} {threads,7} {precision,-9} {own,8:0.00} {other,8:0.00} {own / other,6:0.00}"));

        void Step()
        {
            using var inner = NewDisposeScope();
            optimizer.zero_grad();
            objective.Accumulate(batch, 1).item<float>();
            nn.utils.clip_grad_norm_(parameters, 1);
            optimizer.step();
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

    // Null, and a line that says why, where there is no compiler.
    private static string? BuildPeer(string folder)
    {
        var source = Path.Combine("bench", "libtorch-peer");
        if (!Directory.Exists(source))
        {
            Console.WriteLine("The C++ peer is left out: run the bench from the root of the repository.");
            return null;
        }

        try
        {
            Execute("cmake", "-S", source, "-B", folder, "-DCMAKE_BUILD_TYPE=Release");
            Execute("cmake", "--build", folder);
            return Path.Combine(folder, "libtorch_peer");
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"The C++ peer is left out (apt-get install libtorch-dev cmake g++): {e.Message}");
            return null;
        }
    }

    private static double RunPeer(string peer, EncoderShape shape, int threads, Precision precision, int steps)
    {
        var output = Execute(peer, [.. ((int[])
        [
            shape.Layers, shape.Hidden, shape.Heads, shape.Intermediate, shape.Vocabulary, shape.Batch, shape.Length,
            steps, WarmUp, threads,
        ]).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            precision == Precision.Bfloat16 ? "bfloat16" : "float32"]);
        return double.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static string Execute(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} failed: {errors.Result}");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
