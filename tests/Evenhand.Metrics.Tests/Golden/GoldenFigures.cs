using System.Text.Json;

namespace Evenhand.Metrics.Tests.Golden;

/// <summary>Data and figures that <c>golden.py</c> recorded from scikit-learn 1.2.1 and NumPy 1.24.2.</summary>
internal sealed record GoldenFigures(
    GoldenRows Classification, GoldenRows Rating, GoldenRankings Ranking, GoldenCatalogue Catalogue)
{
    public static GoldenFigures Recorded { get; } = Read();

    private static GoldenFigures Read()
    {
        using var stream = typeof(GoldenFigures).Assembly.GetManifestResourceStream("golden.json")!;
        return JsonSerializer.Deserialize<GoldenFigures>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>Figures overall come first, then those of each group.</summary>
internal sealed record GoldenRows(
    int[] Groups,
    double[] Labels,
    int[] Decisions,
    double[] Scores,
    double[] Predictions,
    double[] Weights,
    Dictionary<string, double>[] Figures,
    Dictionary<string, double>[] WeightedFigures);

internal sealed record GoldenRankings(int[][] Rankings, int[][] Relevant, Dictionary<string, double> Figures);

/// <summary>Figures overall come first, then those of each group of users; figures of items by group.</summary>
internal sealed record GoldenCatalogue(
    int[][] Rankings,
    int[][] Relevant,
    int[][] Seen,
    int[] Popularity,
    int TrainingUsers,
    int[][] Features,
    int[] UserGroups,
    int[] ItemGroups,
    Dictionary<string, double>[] Figures,
    Dictionary<string, double>[] ItemFigures,
    Dictionary<string, double> ItemFairness);
