using System.Globalization;

namespace Evenhand.Bench;

/// <summary>Starts <c>evenhand --help</c> and an empty program in turns, both published. Limit: three times the empty
/// one.</summary>
internal static class StartupBench
{
    private const int Repetitions = 20;

    /// <summary>Publishes both, runs each twenty times, prints medians and their ratio.</summary>
    public static void Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-bench-");
        try
        {
            var evenhand = PublishedCommand.PublishEvenhand(Path.Combine(folder.FullName, "evenhand"));
            var empty = PublishedCommand.PublishEmpty(Path.Combine(folder.FullName, "empty"));
            var (ours, least) = (new double[Repetitions], new double[Repetitions]);
            for (var i = 0; i < Repetitions; i++)
            {
                least[i] = PublishedCommand.Time(empty);
                ours[i] = PublishedCommand.Time(evenhand, "--help");
            }

            Print("empty program", least);
            Print("evenhand --help", ours);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ratio of medians {PublishedCommand.Median(ours) / PublishedCommand.Median(least):0.00}, of the best {ours.Min() / least.Min():0.00}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string name, double[] seconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-16} median {1000 * PublishedCommand.Median(seconds):0} ms, best {1000 * seconds.Min():0} ms"));
}
