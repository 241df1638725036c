using Evenhand.Experiments.Evaluations;

namespace Evenhand.Experiments.Tests.Leaderboards;

[TestClass]
public sealed class EvaluationJsonTests
{
    [TestMethod]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var figures = PlanSamples.Figures(0.1 + 0.2, 1e-17);
        var read = EvaluationJson.Read(EvaluationJson.Write(figures));

        CollectionAssert.AreEqual(figures.Metrics.ToArray(), read.Metrics.ToArray());
        CollectionAssert.AreEqual(figures.Fairness.ToArray(), read.Fairness.ToArray());
        CollectionAssert.AreEqual(figures.Groups.Keys.ToArray(), read.Groups.Keys.ToArray());
        foreach (var (group, expected) in figures.Groups["gender"])
        {
            var actual = read.Groups["gender"][group];
            Assert.AreEqual((expected.Count, expected.BelowMinimum), (actual.Count, actual.BelowMinimum));
            CollectionAssert.AreEqual(expected.Values.ToArray(), actual.Values.ToArray());
        }
    }

    [TestMethod]
    public void Read_UnknownMembers_ArePassedOver()
    {
        var read = EvaluationJson.Read("""{ "later": { "a": [1, { "b": 2 }] }, "metrics": { "rmse": { "value": 1, "low": null, "high": null } } }""");

        Assert.AreEqual(1, read.Metrics["rmse"].Value);
        Assert.IsTrue(double.IsNaN(read.Metrics["rmse"].Low));
    }
}
