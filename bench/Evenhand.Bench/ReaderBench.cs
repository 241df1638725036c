using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;

namespace Evenhand.Bench;

/// <summary>Reads 4.5 million lines of <c>user item rating</c>. Limit: 2 s on two cores.</summary>
internal static class ReaderBench
{
    private const int Lines = 4_500_000;
    private const int Users = 100_000;
    private const int Items = 20_000;
    private const int Repetitions = 5;

    /// <summary>Writes the file, reads it with one and with two threads, and by the general reader; prints
    /// seconds.</summary>
    public static void Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "ratings.txt");
            Write(path);
            Console.WriteLine($"{Lines} lines, {new FileInfo(path).Length} bytes, {Environment.ProcessorCount} cores");
            Measure("fast, 1 thread", path, threads: 1, quotes: false);
            Measure("fast, 2 threads", path, threads: 2, quotes: false);

            // A missing marker in the first line sends the file to the general reader.
            var general = Path.Combine(folder.FullName, "general.txt");
            File.WriteAllText(general, "1 1 ?\n" + File.ReadAllText(path));
            Measure("general, unquoted", general, threads: 1, quotes: false);
            Measure("general, quoted (CsvHelper)", general, threads: 1, quotes: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string path)
    {
        var random = new SeedTree(1).CreateRandom();
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        for (var line = 0; line < Lines; line++)
        {
            var half = random.Next(2, 11) / 2.0;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"{random.Next(Users)} {random.Next(Items)} {half}\n"));
        }
    }

    private static void Measure(string name, string path, int threads, bool quotes)
    {
        var text = $$"""
            name: ratings
            title: Ratings
            rows:
              files: [{ path: {{path}} }]
              format: { delimiter: " ", header: false, quotes: {{(quotes ? "true" : "false")}}, missing: ["?"] }
              columns:
                - { name: user, type: category, role: user }
                - { name: item, type: category, role: item }
                - { name: rating, type: number }
            """;
        var descriptorPath = Path.Combine(Path.GetDirectoryName(path)!, "ratings.yaml");
        File.WriteAllText(descriptorPath, text);
        var descriptor = DescriptorFile.Read(descriptorPath);
        var seconds = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var watch = Stopwatch.StartNew();
            var data = DatasetLoader.Load(descriptor, new LoadOptions { Threads = threads });
            seconds[i] = watch.Elapsed.TotalSeconds;
            if (data.RowCount < Lines)
            {
                throw new InvalidOperationException($"{data.RowCount} rows instead of {Lines}");
            }
        }

        Array.Sort(seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} best {seconds[0]:0.000} s, median {seconds[Repetitions / 2]:0.000} s (checksum included)"));
    }
}
