using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Tokenization;
using Evenhand.Tokenization.Training;

namespace Evenhand.Bench;

/// <summary>Seconds to train tokenizers, and tokens and bytes a second that they encode, on women's clothing
/// reviews.</summary>
/// <remarks>
/// Arguments: threads (all by default), size of the vocabularies (8000 by default), another folder with a tokenizer of
/// Hugging Face's (none by default). The bound does in the same run what no tokenizer can do without: it splits at
/// blanks, and looks each word up whole in a table of all words, without a string for any. MB are of UTF-8. Encoding is
/// measured in seconds of cores, the median of some runs, so that a busy machine tells little; training in seconds of
/// the clock and of cores.
/// </remarks>
internal static class SubwordsBench
{
    private const int Runs = 9;

    public static void Run(string[] args)
    {
        var threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var size = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8000;
        var data = DatasetLoader.Load(DataCatalogue.Default.Get("womens-clothing-reviews"), new LoadOptions(), out _);
        var texts = ((TextColumn)data.Rows.Find(ColumnRoles.Text)!).Values.ToArray();
        var megabytes = texts.Sum(t => Encoding.UTF8.GetByteCount(t ?? "")) / 1e6;
        Console.WriteLine($"{texts.Length} reviews, {megabytes:F1} MB, vocabularies of {size}");
        Console.WriteLine(
            $"{"tokenizer",-24} {"threads",7} {"train s",8} {"core-s",7} {"tokens",10} {"M tokens/core-s",16} "
            + $"{"MB/core-s",10} {"MB/s",7}");

        ReportWords(texts, megabytes);
        List<(string Name, Func<int, SubwordTokenizer> Make)> tokenizers =
        [
            ("WordPiece (frequency)", t => Pieces(MergeScore.Frequency, t)),
            ("WordPiece (likelihood)", t => Pieces(MergeScore.Likelihood, t)),
            ("byte-level BPE", t => new BytePairTrainer(new BytePairTrainingOptions { VocabularySize = size }).Train(texts, t)),
        ];
        if (args.Length > 2)
        {
            tokenizers.Add(("from the folder", _ => SubwordTokenizer.Load(args[2])));
        }

        foreach (var (name, make) in tokenizers)
        {
            foreach (var count in (int[])[.. new[] { 1, threads }.Distinct()])
            {
                SubwordTokenizer? tokenizer = null;
                var training = Measure(() => tokenizer = make(count));
                var tokens = 0L;
                var encoding = Median(
                    () => tokens = tokenizer!.EncodeAll(texts, threads: count).Sum(t => (long)t.Length));
                Print(name, count, training, tokens, encoding, megabytes);
            }
        }

        WordPieceTokenizer Pieces(MergeScore score, int count) => new WordPieceTrainer(
            new WordPieceTrainingOptions { VocabularySize = size, Score = score }).Train(texts, count);
    }

    private static void ReportWords(string?[] texts, double megabytes)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var word in (text ?? "").Split(' '))
            {
                ids.TryAdd(word, ids.Count);
            }
        }

        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = 0L;
        var seconds = Median(() =>
        {
            words = 0;
            var encoded = new int[texts.Length][];
            var row = new List<int>();
            for (var i = 0; i < texts.Length; i++)
            {
                row.Clear();
                var text = texts[i].AsSpan();
                foreach (var range in text.Split(' '))
                {
                    row.Add(lookup[text[range]]);
                }

                encoded[i] = [.. row];
                words += row.Count;
            }
        });
        Print("words of a table (bound)", 1, default, words, seconds, megabytes);
    }

    private static (double Clock, double Cores) Measure(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var cores = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        work();
        var clock = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return (clock, (process.TotalProcessorTime - cores).TotalSeconds);
    }

    // The first run is left out: it compiles.
    private static (double Clock, double Cores) Median(Action work)
    {
        Measure(work);
        var runs = Enumerable.Range(0, Runs).Select(_ => Measure(work)).OrderBy(r => r.Cores).ToArray();
        return runs[Runs / 2];
    }

    private static void Print(
        string name,
        int threads,
        (double Clock, double Cores) training,
        long tokens,
        (double Clock, double Cores) encoding,
        double megabytes) => Console.WriteLine(
        $"{name,-24} {threads,7} {training.Clock,8:F2} {training.Cores,7:F2} {tokens,10:N0} "
        + $"{tokens / encoding.Cores / 1e6,16:F2} {megabytes / encoding.Cores,10:F1} {megabytes / encoding.Clock,7:F1}");
}
