using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Mutated model files: damaged ones, and ones whose checksum was made to fit, so that what is behind it is
/// read.</summary>
internal sealed class ModelCases : CaseSource
{
    private const int PrefixLength = 16;
    private const int HashLength = 32;

    public override int Cases => 500;

    public override Task PrepareAsync(string originals) => SmallStudies.RunAsync(originals);

    public override FuzzCase Make(SeededRandom random, string originals, string folder)
    {
        var store = Path.Combine(folder, "store");
        Copy(Path.Combine(originals, "store"), store);
        var models = Directory.GetFiles(store, "*.model", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var model = Any(random, [.. models]);
        File.WriteAllBytes(model, Mutated(File.ReadAllBytes(model), random));

        var study = Path.GetRelativePath(store, model).Split(Path.DirectorySeparatorChar)[0];
        var trial = string.Concat(Path.GetFileName(model).TakeWhile(char.IsAsciiDigit));
        var input = Path.Combine(originals, study is "texts" or "classes" ? "texts.csv" : "ratings.csv");
        string[] length = study == "lists" ? ["--k", "3"] : [];
        return new FuzzCase(
            ["predict", study, trial, "--input", input, "--store", store, .. length],
            [model, Path.GetFileName(input)]);
    }

    private static byte[] Mutated(byte[] file, SeededRandom random)
    {
        switch (random.Next(4))
        {
            case 0:
                return Mutator.Bytes(file, random);
            case 1:
                var content = Mutator.Bytes(file[..^HashLength], random);
                return [.. content, .. SHA256.HashData(content)];
            default:
                var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
                var header = Encoding.UTF8.GetBytes(
                    Mutator.Text(Encoding.UTF8.GetString(file, PrefixLength, length), random));
                var prefix = file[..PrefixLength];
                BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(12), header.Length);
                byte[] whole = [.. prefix, .. header, .. file[(PrefixLength + length)..^HashLength]];
                return [.. whole, .. SHA256.HashData(whole)];
        }
    }
}
