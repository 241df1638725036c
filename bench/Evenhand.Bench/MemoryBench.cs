using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Learning;
using Evenhand.Torch.Transformer;

namespace Evenhand.Bench;

/// <summary>Resident set of the process after each epoch of a transformer on women's clothing reviews, whose batches
/// differ in length: it should be flat.</summary>
/// <remarks>Arguments, each with a default: epochs (10), width (64) and layers (1) of the network. One
/// thread.</remarks>
internal static class MemoryBench
{
    private const double Mebibyte = 1 << 20;

    public static void Run(string[] args)
    {
        var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        var width = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 64;
        var data = DatasetLoader.Load(
            DataCatalogue.Default.Get("womens-clothing-reviews"), new LoadOptions(), out _);
        var split = Splitter.Split(
            data, new SplitOptions { Strategy = SplitStrategy.Stratified }, new SeedTree(0));
        var options = new TransformerOptions
        {
            HiddenSize = width,
            IntermediateSize = 2 * width,
            NumberOfLayers = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1,
            NumberOfEpochs = epochs,
            MaximumLength = 96,
            Patience = 0,
        };

        Console.WriteLine($"{"epoch",5} {"resident MiB",12} {"managed MiB",11} {"most in it MiB",14}");
        using var process = Process.GetCurrentProcess();
        var most = 0L;
        void Watch(WorkProgress progress)
        {
            process.Refresh();
            most = Math.Max(most, process.WorkingSet64);
            var perEpoch = progress.Total / epochs;
            if (progress.Unit == "steps" && progress.Done % perEpoch == 0)
            {
                Console.WriteLine(
                    $"{progress.Done / perEpoch,5} {process.WorkingSet64 / Mebibyte,12:F0} "
                    + $"{GC.GetTotalMemory(forceFullCollection: false) / Mebibyte,11:F0} {most / Mebibyte,14:F0}");
                most = 0;
            }
        }

        using var model = (TransformerModel)new TransformerLearner(options).Fit(
            split.Train, new FitContext { Seeds = new SeedTree(0), Threads = 1, Progress = Watch });
    }
}
