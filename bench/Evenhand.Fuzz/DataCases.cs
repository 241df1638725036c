using System.IO.Compression;
using System.Text;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Mutated data: delimited files, JSON lines, archives, descriptors, and tables of predictions for the
/// audit.</summary>
internal sealed class DataCases : CaseSource
{
    private const string Descriptor = """
        name: own
        title: Own data
        rows:
          files: [{ path: FILE }]
          format: FORMAT
          columns:
            - { name: user, type: category, role: user }
            - { name: item, type: category, role: item }
            - { name: stars, type: number, range: [1, 5], missing: [x] }
            - { name: day, type: date, formats: ["yyyy-MM-dd", "dd.MM.yyyy"], role: time }
            - { name: tags, type: categories }
            - { name: note, type: text, role: text }
        users:
          files: [{ path: users.tsv }]
          format: { delimiter: tab, quotes: false, encoding: iso-8859-1 }
          columns:
            - { name: user, type: category, role: user }
            - { name: gender, type: category, map: { M: male, F: female } }
            - { name: age, type: number }
        filters:
          - { column: stars, min: 1 }
        derive:
          - { name: age-band, side: user, from: age, bands: [25, 50] }
          - { name: first-word, from: note, extract: "^(\\w+)" }
          - { name: fans, side: item, frequency: { top: 0.3 } }
        label: { column: stars }
        groups: { user: [gender, age-band] }
        """;

    private static readonly (string File, string Format)[] Forms =
    [
        ("rows.csv", "{}"),
        ("rows.tsv", "{ delimiter: tab, quotes: false }"),
        ("rows.jsonl", "{ kind: json-lines }"),
        ("rows.csv.gz", "{}"),
        ("rows.zip", "{}"),
    ];

    public override int Cases => 1000;

    public override Task PrepareAsync(string originals)
    {
        var random = new SeedTree(2).CreateRandom();
        var rows = Enumerable.Range(0, 60).Select(_ => Row(random)).ToArray();
        string[] names = ["user", "item", "stars", "day", "tags", "note"];
        Write("rows.csv", Lines([names, .. rows], r => string.Join(',', r.Select(Quoted))));
        Write("rows.tsv", Lines([names, .. rows], r => string.Join('\t', r)));
        Write("rows.jsonl", Lines(rows, r => "{" + string.Join(", ", names.Zip(r, Field)) + "}"));
        var csv = File.ReadAllBytes(Path.Combine(originals, "rows.csv"));
        using (var gzip = new GZipStream(File.Create(Path.Combine(originals, "rows.csv.gz")), CompressionLevel.Optimal))
        {
            gzip.Write(csv);
        }

        using (var zip = ZipFile.Open(Path.Combine(originals, "rows.zip"), ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry("rows.csv").Open();
            member.Write(csv);
        }

        Write("users.tsv", "user\tgender\tage\n" + string.Concat(Enumerable.Range(0, 9).Select(
            u => $"u{u}\t{(u % 2 == 0 ? "M" : "F")}\t{20 + (u * 5)}\n")));
        Write("predictions.csv", "label,prediction,score,group\n" + string.Concat(Enumerable.Range(0, 80).Select(
            i => $"{i % 2},{i / 3 % 2},0.{i:00},{(i % 3 == 0 ? "a" : "b")}\n")));
        foreach (var (file, format) in Forms)
        {
            Write(
                file + ".yaml",
                Descriptor.Replace("FILE", file, StringComparison.Ordinal)
                    .Replace("FORMAT", format, StringComparison.Ordinal));
        }

        return Task.CompletedTask;

        void Write(string name, string text) => File.WriteAllText(Path.Combine(originals, name), text);
    }

    public override FuzzCase Make(SeededRandom random, string originals, string folder)
    {
        Copy(originals, folder);
        if (random.Next(8) == 0)
        {
            return Audit(random, folder);
        }

        var (file, _) = Any(random, Forms);
        var descriptor = file + ".yaml";
        var mutated = random.Next(4) switch
        {
            0 => descriptor,
            1 when random.Next(2) == 0 => "users.tsv",
            _ => file,
        };
        var path = Path.Combine(folder, mutated);
        if (file.EndsWith('z') || file.EndsWith("zip", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, Mutator.Bytes(File.ReadAllBytes(path), random));
        }
        else
        {
            Mutator.TextFile(path, random);
        }

        // A descriptor may have come to name a file that is not there: its full path is the place.
        return new FuzzCase(
            ["data", "describe", Path.Combine(folder, descriptor)],
            [descriptor, file, "rows.csv", "users.tsv", folder + Path.DirectorySeparatorChar]);
    }

    private static FuzzCase Audit(SeededRandom random, string folder)
    {
        var file = Path.Combine(folder, "predictions.csv");
        Mutator.TextFile(file, random);
        string[] columns = ["--label", "label", "--prediction", "prediction", "--group", "group"];
        string[] score = random.Next(2) == 0 ? ["--score", "score"] : [];
        return new FuzzCase(["audit", file, .. columns, .. score], ["predictions.csv"]);
    }

    private static string[] Row(SeededRandom random) =>
    [
        $"u{random.Next(9)}",
        $"i{random.Next(12)}",
        $"{random.Next(1, 6)}",
        $"2020-0{random.Next(1, 10)}-1{random.Next(10)}",
        random.Next(2) == 0 ? "a|b" : "c",
        random.Next(2) == 0 ? "fine, soft" : "naïve 評価",
    ];

    private static string Quoted(string field) => field.Contains(',') ? $"\"{field}\"" : field;

    private static string Field(string name, string value) =>
        $"\"{name}\": {(name == "stars" ? value : $"\"{value}\"")}";

    private static string Lines(IEnumerable<string[]> rows, Func<string[], string> line) =>
        new StringBuilder().AppendJoin("\n", rows.Select(line)).Append('\n').ToString();
}
