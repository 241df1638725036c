using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Evenhand.Bench;

/// <summary>What a fit cost and what it is worth.</summary>
/// <param name="WordsPerSecond">Words, labels and ends of texts gone through in a second by a thread.</param>
/// <param name="TrainingSeconds">From the start of the program until the fit was done, reading included.</param>
/// <param name="ProcessorSeconds">Of the whole program, model written.</param>
/// <param name="PeakBytes">Largest resident set.</param>
/// <param name="ModelBytes">Size of the model's file.</param>
/// <param name="Accuracy">Share of test rows that are told right.</param>
internal sealed record TextFitFigures(
    double WordsPerSecond,
    double TrainingSeconds,
    double ProcessorSeconds,
    double PeakBytes,
    double ModelBytes,
    double Accuracy);

/// <summary>Runs Debian's <c>fasttext</c>, and measures any program that trains.</summary>
internal static partial class FastText
{
    private const string Program = "/usr/bin/fasttext";

    /// <summary>Whether it is installed; says how to install it where it is not.</summary>
    public static bool IsInstalled()
    {
        if (!File.Exists(Program))
        {
            Console.WriteLine($"fasttext is left out: there is no {Program} (apt-get install fasttext).");
        }

        return File.Exists(Program);
    }

    /// <summary>Fits by <c>fasttext supervised</c> and tests by <c>fasttext test</c>.</summary>
    public static TextFitFigures Fit(FastTextRun run)
    {
        var model = Path.Combine(run.Folder, "peer");
        var (watch, speed, trained) = (Stopwatch.StartNew(), 0.0, 0.0);
        var (processor, peak) = Measure(
            Program,
            [
                "supervised", "-input", run.Train, "-output", model, "-dim", $"{run.Dimension}", "-epoch",
                $"{run.Iterations}", "-wordNgrams", $"{run.WordNgrams}", "-thread", $"{run.Threads}", "-lr",
                run.LearningRate.ToString(CultureInfo.InvariantCulture), "-bucket", $"{run.Buckets}",
            ],
            progress =>
            {
                if (Speed().Match(progress) is { Success: true } match)
                {
                    speed = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                    trained = watch.Elapsed.TotalSeconds;
                }
            });
        return new TextFitFigures(
            speed, trained, processor, peak, new FileInfo(model + ".bin").Length, Test(model + ".bin", run.Test));
    }

    /// <summary>Quantizes the model of the last <see cref="Fit"/>.</summary>
    /// <returns>Bytes of the quantized model and its accuracy.</returns>
    public static (double Bytes, double Accuracy) Quantize(FastTextRun run, int cutoff)
    {
        var model = Path.Combine(run.Folder, "peer");
        Measure(
            Program,
            ["quantize", "-input", run.Train, "-output", model, "-qnorm", "-cutoff", $"{cutoff}"],
            _ => { });
        return (new FileInfo(model + ".ftz").Length, Test(model + ".ftz", run.Test));
    }

    /// <summary>Runs a program to its end and gives the processor time it used and its largest resident set.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="read">Takes what it writes, up to each end of line or carriage return.</param>
    public static (double ProcessorSeconds, double PeakBytes) Measure(
        string program, IEnumerable<string> arguments, Action<string> read)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var (peak, processor) = (0.0, 0.0);

        // Linux forgets both figures when the process ends.
        using var poll = new Timer(_ => Poll(process, ref peak, ref processor), null, 0, 5);
        var output = Task.Run(() => ReadPieces(process.StandardOutput, read));
        ReadPieces(process.StandardError, read);
        output.Wait();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (processor, peak)
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }

    private static double Test(string model, string test)
    {
        var precision = 0.0;
        Measure(Program, ["test", model, test], line =>
        {
            if (line.StartsWith("P@1", StringComparison.Ordinal))
            {
                precision = double.Parse(line.AsSpan(3), CultureInfo.InvariantCulture);
            }
        });
        return precision;
    }

    private static void ReadPieces(StreamReader reader, Action<string> read)
    {
        var piece = new System.Text.StringBuilder();
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (c is '\n' or '\r')
            {
                read(piece.ToString());
                piece.Clear();
            }
            else
            {
                piece.Append((char)c);
            }
        }

        read(piece.ToString());
    }

    private static void Poll(Process process, ref double peak, ref double processor)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status")
                .First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            peak = Math.Max(peak, 1024 * double.Parse(line.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture));
            process.Refresh();
            processor = Math.Max(processor, process.TotalProcessorTime.TotalSeconds);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    [GeneratedRegex(@"words/sec/thread:\s*(\d+)")]
    private static partial Regex Speed();
}
