using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.Metrics.Tests.Golden;

namespace Evenhand.Metrics.Tests;

/// <summary>Our figures against those recorded from scikit-learn 1.2.1 by Golden/golden.py.</summary>
[TestClass]
public sealed class ScikitLearnTests
{
    private const double Tolerance = 1e-12;

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(true, 1)]
    [DataRow(false, 2)]
    [DataRow(true, 2)]
    public void Compute_Classification_EqualsScikitLearn(bool weighted, int threads)
    {
        var golden = GoldenFigures.Recorded.Classification;
        var data = new ClassificationEvaluation(Array.ConvertAll(golden.Labels, label => (int)label), golden.Decisions)
        {
            Scores = golden.Scores,
            Weights = weighted ? golden.Weights : null,
        };
        AssertEqual(data, golden, weighted, threads);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Compute_Ratings_EqualsScikitLearn(bool weighted)
    {
        var golden = GoldenFigures.Recorded.Rating;
        var data = new RatingEvaluation(golden.Labels, golden.Predictions)
        {
            Weights = weighted ? golden.Weights : null,
        };
        AssertEqual(data, golden, weighted, 1);
    }

    [TestMethod]
    public void Compute_Rankings_EqualsScikitLearn()
    {
        var golden = GoldenFigures.Recorded.Ranking;
        var data = new RankingEvaluation(
            [.. Enumerable.Range(0, golden.Rankings.Length)], golden.Rankings, golden.Relevant);
        var report = GroupReport.Compute(data, Given.Metrics([.. golden.Figures.Keys]), [], Given.Options);
        foreach (var (name, expected) in golden.Figures)
        {
            Assert.AreEqual(expected, report.Overall[name].Value, Tolerance, name);
        }
    }

    private static void AssertEqual(EvaluationData data, GoldenRows golden, bool weighted, int threads)
    {
        var figures = weighted ? golden.WeightedFigures : golden.Figures;
        var report = GroupReport.Compute(
            data,
            MetricCatalogue.BuiltIn.For(data.Kind),
            [Given.Groups(golden.Groups)],
            Given.Options with { Threads = threads });
        Assert.HasCount(MetricCatalogue.BuiltIn.For(data.Kind).Count, figures[0], "golden.json covers every metric");
        foreach (var name in figures[0].Keys)
        {
            Assert.AreEqual(figures[0][name], report.Overall[name].Value, Tolerance, name);
            for (var group = 0; group + 1 < figures.Length; group++)
            {
                var actual = report.Attributes[0].Groups[group].Values[name].Value;
                Assert.AreEqual(figures[group + 1][name], actual, Tolerance, $"{name} of group {group}");
            }
        }
    }
}
