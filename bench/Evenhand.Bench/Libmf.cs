using System.Diagnostics;
using System.Globalization;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Bench;

/// <summary>How LIBMF is run.</summary>
/// <param name="Rank">Number of factors.</param>
/// <param name="Iterations">Passes over the ratings.</param>
/// <param name="Eta">Learning rate.</param>
/// <param name="Lambda">Regularization of both sides.</param>
internal sealed record PeerOptions(int Rank, int Iterations, double Eta, double Lambda);

/// <summary>LIBMF's programs, and the ratings as they read them.</summary>
internal sealed class Libmf : IDisposable
{
    private readonly string _program;
    private readonly int _threads;
    private readonly string _folder = Directory.CreateTempSubdirectory("evenhand-libmf-").FullName;

    private Libmf(string program, int threads)
    {
        _program = program;
        _threads = threads;
    }

    private string Train => Path.Combine(_folder, "train");

    private string Test => Path.Combine(_folder, "test");

    private string FittedModel => Path.Combine(_folder, "model");

    /// <summary>The programs that EVENHAND_LIBMF names; null where it is not set.</summary>
    public static Libmf? Find(Dataset train, Dataset test, int threads)
    {
        if (Environment.GetEnvironmentVariable("EVENHAND_LIBMF") is not { Length: > 0 } program)
        {
            Console.WriteLine("LIBMF is left out: EVENHAND_LIBMF does not name mf-train.");
            return null;
        }

        var peer = new Libmf(program, threads);
        Write(train, peer.Train);
        Write(test, peer.Test);
        return peer;
    }

    /// <summary>Fits, and gives the seconds of each iteration but the first.</summary>
    public List<double> Fit(PeerOptions options)
    {
        var iterations = new List<double>();
        var last = 0L;
        Run(
            _program,
            string.Create(
                CultureInfo.InvariantCulture,
                $"-k {options.Rank} -t {options.Iterations} -r {options.Eta} -l2 {options.Lambda} -s {_threads}"),
            [Train, FittedModel],
            line =>
            {
                if (int.TryParse(line.AsSpan().Trim().ToString().Split(' ')[0], out var iteration))
                {
                    var now = Stopwatch.GetTimestamp();
                    if (iteration > 0)
                    {
                        iterations.Add(Stopwatch.GetElapsedTime(last, now).TotalSeconds);
                    }

                    last = now;
                }
            });
        return iterations;
    }

    /// <summary>Predictions of the test ratings by the model that was fitted last.</summary>
    public double[] Predict()
    {
        var output = Path.Combine(_folder, "predictions");
        var folder = Path.GetDirectoryName(Path.GetFullPath(_program))!;
        Run(Path.Combine(folder, "mf-predict"), "", [Test, FittedModel, output], _ => { });
        return [.. File.ReadLines(output).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Run(string program, string options, string[] files, Action<string> read)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(files))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            read(line);
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
        }
    }

    private static void Write(Dataset ratings, string path)
    {
        using var writer = new StreamWriter(path);
        var users = ratings.UserColumn!.Codes;
        var items = ratings.ItemColumn!.Codes;
        var labels = ((NumericColumn)ratings.Label!).Values;
        for (var row = 0; row < ratings.RowCount; row++)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"{users[row]} {items[row]} {labels[row]:F4}\n"));
        }
    }
}
