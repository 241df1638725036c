using System.Globalization;
using System.Text;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Cli.Tests;

/// <summary>A small set of ratings in files of its own, already split, and an experiment on it.</summary>
internal static class OwnRatings
{
    public const string Name = "own-ratings";
    public const int Trials = 6;
    public const int Rows = 1200;

    private const string Experiment = """
        name: own-ratings
        task: rating-prediction
        data:
          rows:
            files: [{ path: train.csv }]
            columns:
              - { name: user, type: category, role: user }
              - { name: item, type: category, role: item }
              - { name: stars, type: number }
              - { name: gender, type: category, describes: user }
          label: { column: stars }
          groups: { user: [gender] }
        split: { strategy: files, trainFile: train.csv, validationFile: validation.csv, testFile: test.csv }
        learners:
          - matrix-factorization:
              approximationRank: { int: [2, 8] }
              lambda: { float: [0.01, 0.3], log: true }
              numberOfIterations: { int: [1, 60] }
          - bias
        objective: { minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }
        budget: { trials: 6 }
        evaluation: { bootstrapSamples: 40, finalists: 2 }
        """;

    /// <summary>Writes the experiment file and its data into a folder.</summary>
    /// <returns>The path of the experiment file.</returns>
    public static string Write(TemporaryFolder folder)
    {
        var random = new SeedTree(1).CreateRandom();
        var rows = Enumerable.Range(0, Rows).Select(_ => Row(random)).ToArray();
        folder.Write("train.csv", Csv(rows[..900]));
        folder.Write("validation.csv", Csv(rows[900..1050]));
        folder.Write("test.csv", Csv(rows[1050..]));
        return folder.Write("own-ratings.yaml", Experiment);
    }

    private static string Row(SeededRandom random)
    {
        var (user, item) = (random.Next(60), random.Next(40));
        var male = user % 3 == 0;

        // Women's tastes can be learned and men's ratings are noisy: what helps accuracy widens the gap.
        var taste = male ? 0 : ((item % 2) - 0.5) * ((user % 2) - 0.5) * 4;
        var stars = 2.5 + (0.3 * (item % 5)) + taste + ((male ? 2.4 : 0.4) * (random.NextDouble() - 0.5));
        var gender = male ? "male" : "female";
        return string.Create(CultureInfo.InvariantCulture, $"u{user},i{item},{Math.Round(stars, 1)},{gender}\n");
    }

    private static string Csv(IEnumerable<string> rows) =>
        new StringBuilder("user,item,stars,gender\n").AppendJoin("", rows).ToString();
}
