using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Learning;
using Evenhand.Learning.Text.FastText;

namespace Evenhand.Bench;

/// <summary>One setting of the race.</summary>
/// <param name="Folder">Where models go.</param>
/// <param name="Train">Training texts: a label and words, parted by blanks, on a line.</param>
/// <param name="Test">Test texts.</param>
/// <param name="WordNgrams">Longest run of words.</param>
/// <param name="Threads">Threads.</param>
/// <param name="LearningRate">First step of both.</param>
internal sealed record FastTextRun(
    string Folder, string Train, string Test, int WordNgrams, int Threads, double LearningRate)
{
    public int Dimension { get; init; } = 50;

    public int Iterations { get; init; } = 10;

    public int Buckets { get; init; } = 2_000_000;
}

/// <summary>The learner <c>fast-text</c> against Debian's <c>fasttext</c> on the same tokens: reviews of women's
/// clothing, 18,000 for training, all others for the test; each fit in a process of its own.</summary>
/// <remarks>
/// Arguments: the size of the first step (0.1 by default, as fasttext's) and the number of runs (5). Figures are
/// medians; ours and theirs take turns. Words a second are those of the passes over the texts, as fasttext counts them
/// (words, labels and ends of lines; it reads its file in each pass, and we in none, which is part of the design);
/// training seconds run from the start of the program to the end of the fit, reading included in both.
/// </remarks>
internal static partial class FastTextBench
{
    private const string Child = "fit";
    private const string Label = "__label__";
    private const int TrainingRows = 18_000;

    public static void Run(string[] args)
    {
        if (args is [Child, ..])
        {
            FitInChild(args[1..]);
            return;
        }

        var rate = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 0.1;
        var runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("evenhand-fasttext-").FullName;
        try
        {
            var (train, test) = Write(folder);
            var hasPeer = FastText.IsInstalled();
            Console.WriteLine(
                $"{"n-grams",7} {"threads",7} {"",-8} {"M words/s/thread",16} {"train s",8} {"CPU s",7} {"peak MB",8} "
                + $"{"model MB",9} {"accuracy",8}");
            foreach (var ngrams in (int[])[1, 2])
            {
                foreach (var threads in (int[])[1, 2])
                {
                    Race(new FastTextRun(folder, train, test, ngrams, threads, rate), runs, hasPeer);
                }

                PrintQuantized(new FastTextRun(folder, train, test, ngrams, 1, rate), hasPeer);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Race(FastTextRun run, int runs, bool hasPeer)
    {
        var (ours, theirs) = (new List<TextFitFigures>(), new List<TextFitFigures>());
        for (var i = 0; i < runs; i++)
        {
            ours.Add(FitOurs(run, []));
            if (hasPeer)
            {
                theirs.Add(FastText.Fit(run));
            }
        }

        Print(run, "evenhand", ours);
        if (hasPeer)
        {
            Print(run, "fasttext", theirs);
            Console.WriteLine(
                $"{"",24} {Median(ours, f => f.WordsPerSecond) / Median(theirs, f => f.WordsPerSecond),15:F1}x "
                + $"{Median(theirs, f => f.TrainingSeconds) / Median(ours, f => f.TrainingSeconds),7:F1}x "
                + $"{Median(theirs, f => f.ProcessorSeconds) / Median(ours, f => f.ProcessorSeconds),6:F1}x");
        }
    }

    private static void PrintQuantized(FastTextRun run, bool hasPeer)
    {
        foreach (var (name, options) in ((string, string[])[])
            [
                ("quantized", ["quantize"]),
                ("20,000 features", ["cutoff"]),
                ("20,000 quantized", ["quantize", "cutoff"]),
            ])
        {
            var figures = FitOurs(run, options);
            PrintSize(run, "evenhand", name, figures.ModelBytes, figures.Accuracy);
        }

        if (hasPeer)
        {
            var (bytes, accuracy) = FastText.Quantize(run, 20_000);
            PrintSize(run, "fasttext", "20,000 quantized", bytes, accuracy);
        }
    }

    private static void PrintSize(FastTextRun run, string program, string model, double bytes, double accuracy) =>
        Console.WriteLine($"{run.WordNgrams,7} {"",7} {program} {model,-41} {bytes / 1e6,9:F3} {accuracy,8:F4}");

    private static void Print(FastTextRun run, string name, List<TextFitFigures> figures) => Console.WriteLine(
        $"{run.WordNgrams,7} {run.Threads,7} {name,-8} {Median(figures, f => f.WordsPerSecond) / 1e6,16:F2} "
        + $"{Median(figures, f => f.TrainingSeconds),8:F2} {Median(figures, f => f.ProcessorSeconds),7:F2} "
        + $"{Median(figures, f => f.PeakBytes) / 1e6,8:F0} {Median(figures, f => f.ModelBytes) / 1e6,9:F3} "
        + $"{Median(figures, f => f.Accuracy),8:F4}");

    private static double Median(List<TextFitFigures> figures, Func<TextFitFigures, double> value) =>
        PublishedCommand.Median(figures.Select(value));

    private static TextFitFigures FitOurs(FastTextRun run, string[] options)
    {
        var result = Array.Empty<double>();
        var model = Path.Combine(run.Folder, "ours");
        var watch = Stopwatch.StartNew();
        var trained = 0.0;
        var (processor, peak) = FastText.Measure(
            Environment.ProcessPath!,
            [
                .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
                    ? (string[])[typeof(FastTextBench).Assembly.Location] : [],
                "fasttext", Child, run.Train, run.Test, model, $"{run.WordNgrams}", $"{run.Threads}",
                run.LearningRate.ToString(CultureInfo.InvariantCulture), $"{run.Dimension}", $"{run.Iterations}",
                .. options,
            ],
            line =>
            {
                if (line == "fitted")
                {
                    trained = watch.Elapsed.TotalSeconds;
                }
                else if (line.Length > 0)
                {
                    result = [.. line.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
                }
            });
        var bytes = new FileInfo(model).Length;
        return new TextFitFigures(result[0], trained, processor - result[2], peak, bytes, result[1]);
    }

    private static void FitInChild(string[] args)
    {
        var train = Read(args[0], out var tokens);
        var options = new FastTextOptions
        {
            WordNgrams = int.Parse(args[3], CultureInfo.InvariantCulture),
            LearningRate = double.Parse(args[5], CultureInfo.InvariantCulture),
            Dimension = int.Parse(args[6], CultureInfo.InvariantCulture),
            NumberOfIterations = int.Parse(args[7], CultureInfo.InvariantCulture),
            Quantize = args.AsSpan(8).Contains("quantize"),
            LargestVocabulary = args.AsSpan(8).Contains("cutoff") ? 20_000 : 0,
        };
        var threads = int.Parse(args[4], CultureInfo.InvariantCulture);
        var (first, last) = (0L, 0L);
        var model = new FastTextLearner(options).Fit(train, new FitContext
        {
            Seeds = new SeedTree(1),
            Threads = threads,
            Progress = progress =>
            {
                last = Stopwatch.GetTimestamp();
                first = progress.Done == 1 ? last : first;
            },
        });
        Console.WriteLine("fitted");
        ModelFile.Save(model, args[2]);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var test = Read(args[1], out _);
        var predictions = ((ClassPredictions)model.Predict(test)).Decisions;
        var labels = ((NumericColumn)test.Label!).Values.ToArray();
        var right = predictions.Where((p, i) => p == labels[i]).Count();
        var words = tokens * (options.NumberOfIterations - 1) / Stopwatch.GetElapsedTime(first, last).TotalSeconds;
        var testing = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{words / threads} {(double)right / labels.Length} {testing}"));
    }

    // Tokens as fasttext counts them: the words, the label and the end of the line.
    private static Dataset Read(string path, out double tokens)
    {
        var lines = File.ReadAllLines(path);
        tokens = lines.Sum(line => line.Count(c => c == ' ') + 2.0);
        return new Dataset("reviews", new Table(
        [
            new TextColumn("text", Array.ConvertAll(lines, l => l[(Label.Length + 2)..]), ColumnRoles.Text),
            new NumericColumn("label", Array.ConvertAll(lines, l => l[Label.Length] - (double)'0'), ColumnRoles.Label),
        ]));
    }

    private static (string Train, string Test) Write(string folder)
    {
        var data = DatasetLoader.Load(DataCatalogue.Default.Get("womens-clothing-reviews"), new LoadOptions());
        var (texts, labels) = (data.Text!, (NumericColumn)data.Label!);
        var lines = new SeedTree(4).CreateRandom().NextPermutation(data.RowCount)
            .Where(row => texts.Values[row] is { Length: > 0 })
            .Select(row => Line(texts.Values[row]!, labels.Values[row]))
            .ToArray();
        var (train, test) = (Path.Combine(folder, "train.txt"), Path.Combine(folder, "test.txt"));
        File.WriteAllLines(train, lines[..TrainingRows]);
        File.WriteAllLines(test, lines[TrainingRows..]);
        Console.WriteLine($"{TrainingRows:N0} rows for training, {lines.Length - TrainingRows:N0} for the test");
        return (train, test);
    }

    private static string Line(string text, double label)
    {
        var line = new StringBuilder($"{Label}{label:F0}");
        foreach (Match word in Word().Matches(text))
        {
            line.Append(' ').Append(word.Value.Replace('\u2019', '\'').ToLowerInvariant());
        }

        return line.ToString();
    }

    // Words as the learner finds them.
    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(?:['\u2019](?=\p{L})[\p{L}\p{M}\p{N}]+)*")]
    private static partial Regex Word();
}
