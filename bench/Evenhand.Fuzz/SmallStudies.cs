using System.Globalization;
using System.Text;
using Evenhand.Cli;
using Evenhand.Cli.Output;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Fuzz;

/// <summary>Small experiments of four tasks with data of their own: what is mutated, and what makes stores and
/// models.</summary>
internal static class SmallStudies
{
    private const string Rows = """
        data:
          rows:
            files: [{ path: ratings.csv }]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number, range: [1, 5] }
              - { name: time, type: date, role: time, formats: [unix] }
              - { name: gender, type: category, describes: user }
              - { name: maker, type: category, describes: item }
          label: { column: stars }
          groups: { user: [gender], item: [maker] }
        """;

    private const string Texts = """
        data:
          rows:
            files: [{ path: texts.csv }]
            columns:
              - { name: text, type: text, role: text }
              - { name: mood, type: category }
              - { name: good, type: number }
              - { name: age, type: category }
        """;

    private const string Evaluation = """
        sampler: random
        evaluation: { bootstrapSamples: 5, minimumGroupSize: 2, finalists: 20 }
        """;

    private static readonly Dictionary<string, string> Experiments = new(StringComparer.Ordinal)
    {
        ["ratings"] = $$"""
            name: ratings
            task: rating-prediction
            {{Rows}}
            split: { strategy: random, train: 0.6, validation: 0.2, test: 0.2 }
            learners:
              - bias
              - matrix-factorization: { approximationRank: { int: [2, 8] }, numberOfIterations: 3 }
              - als: { numberOfIterations: 2 }
              - svd-plus-plus: { numberOfIterations: 2 }
              - factorization-machine: { numberOfIterations: 2 }
              - item-knn: { feedback: explicit }
              - user-knn: { feedback: explicit }
            mitigation: { in: [{ fairness-regularizer: { group: gender } }] }
            objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
            budget: { trials: 20 }
            {{Evaluation}}
            """,
        ["lists"] = $$"""
            name: lists
            task: top-n
            {{Rows}}
            split: { strategy: leave-k-out }
            learners:
              - popularity
              - item-knn
              - ease
              - slim
              - ials: { numberOfIterations: 2 }
              - bpr: { numberOfIterations: 2 }
            mitigation: { post: [{ xquad: { itemGroup: maker } }, { calibrated: { itemGroup: maker } }] }
            objective: { maximize: ndcg@5 }
            budget: { trials: 20 }
            {{Evaluation}}
            """,
        ["texts"] = $$"""
            name: texts
            task: text-classification
            {{Texts}}
              label: { column: good }
              groups: { row: [age] }
            split: { strategy: random, train: 0.6, validation: 0.2, test: 0.2 }
            learners:
              - logistic-regression: { hashBits: 8 }
              - naive-bayes
              - fast-text: { numberOfIterations: 2, dimension: 4, hashBits: 8 }
            mitigation: { pre: [{ reweighing: { group: age } }] }
            objective: { pareto: [accuracy, { metric: demographic-parity-difference, group: age }] }
            budget: { trials: 8 }
            {{Evaluation}}
            """,
        ["classes"] = $$"""
            name: classes
            task: multiclass-text-classification
            {{Texts}}
              label: { column: mood }
              groups: { row: [age] }
            split: { strategy: stratified, train: 0.6, validation: 0.2, test: 0.2 }
            learners: [{ logistic-regression: { hashBits: 8 } }, naive-bayes]
            objective:
              maximize: macro-f1
              constraints: [{ metric: macro-accuracy-difference, group: age, atMost: 0.5 }]
            budget: { trials: 4 }
            {{Evaluation}}
            """,
    };

    /// <summary>Names of the studies.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Experiments.Keys];

    /// <summary>Names of the data files.</summary>
    public static IReadOnlyList<string> DataFiles { get; } = ["ratings.csv", "texts.csv"];

    /// <summary>Writes experiments and data.</summary>
    public static async Task WriteAsync(string folder)
    {
        foreach (var (name, text) in Experiments)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".yaml"), text);
        }

        var random = new SeedTree(1).CreateRandom();
        await File.WriteAllTextAsync(Path.Combine(folder, "ratings.csv"), Ratings(random));
        await File.WriteAllTextAsync(Path.Combine(folder, "texts.csv"), Reviews(random));
    }

    /// <summary>Copies the data files.</summary>
    public static void CopyData(string from, string to)
    {
        foreach (var name in DataFiles)
        {
            File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        }
    }

    /// <summary>Runs all studies into the store <c>store</c> of the folder.</summary>
    public static async Task RunAsync(string folder)
    {
        await WriteAsync(folder);
        foreach (var name in Names)
        {
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            string[] run = ["run", Path.Combine(folder, name + ".yaml"), "--store", Path.Combine(folder, "store")];
            if (await CommandLineApplication.RunAsync(run, TextWriter.Null, error) != ExitCodes.Success)
            {
                throw new InvalidOperationException($"{name} does not run: {error}");
            }
        }
    }

    private static string Ratings(SeededRandom random)
    {
        var text = new StringBuilder("user,item,stars,time,gender,maker\n");
        foreach (var user in Enumerable.Range(0, 30))
        {
            foreach (var item in random.NextPermutation(20).Take(8))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"u{user},i{item},{random.Next(1, 6)},{1_600_000_000 + random.Next(1_000_000)},");
                text.Append(user % 3 == 0 ? "male," : "female,").Append(item % 4 == 0 ? "small\n" : "large\n");
            }
        }

        return text.ToString();
    }

    private static string Reviews(SeededRandom random)
    {
        string[][] words = [["awful", "poor", "broke"], ["fine", "plain", "usual"], ["lovely", "great", "soft"]];
        var text = new StringBuilder("text,mood,good,age\n");
        for (var row = 0; row < 120; row++)
        {
            var mood = random.Next(3);
            text.Append(
                CultureInfo.InvariantCulture,
                $"\"the {words[mood][random.Next(3)]} dress, {words[mood][random.Next(3)]}\",");
            text.Append(((string[])["sad", "calm", "glad"])[mood]).Append(mood == 2 ? ",1," : ",0,");
            text.Append(random.Next(2) == 0 ? "young\n" : "old\n");
        }

        return text.ToString();
    }
}
