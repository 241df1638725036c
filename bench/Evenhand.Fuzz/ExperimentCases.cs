using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Mutated experiment files: all are validated, small ones are run.</summary>
internal sealed class ExperimentCases : CaseSource
{
    public override int Cases => 1000;

    public override async Task PrepareAsync(string originals)
    {
        await SmallStudies.WriteAsync(originals);
        foreach (var shipped in Directory.EnumerateFiles(ShippedFolder(), "*.yaml"))
        {
            File.Copy(shipped, Path.Combine(originals, "shipped-" + Path.GetFileName(shipped)));
        }
    }

    public override FuzzCase Make(SeededRandom random, string originals, string folder)
    {
        var small = random.Next(2) == 0;
        string[] files = small
            ? [.. SmallStudies.Names.Select(name => name + ".yaml")]
            : [.. Directory.EnumerateFiles(originals, "shipped-*")
                .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        var name = Any(random, files);
        var file = Path.Combine(folder, name);
        File.Copy(Path.Combine(originals, name), file);
        Mutator.TextFile(file, random);
        if (!small || random.Next(3) == 0)
        {
            return new FuzzCase(["validate", file], [name]);
        }

        // A value of the mutated file that is wrong only for the data is refused with the data's place.
        SmallStudies.CopyData(originals, folder);
        string[] run = ["run", file, "--store", Path.Combine(folder, "store"), "--trials", "2"];
        return new FuzzCase(run, [name, .. SmallStudies.DataFiles]) { Runs = true };
    }

    private static string ShippedFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "experiments")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "experiments");
    }
}
