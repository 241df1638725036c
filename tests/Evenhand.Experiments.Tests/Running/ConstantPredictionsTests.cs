using Evenhand.Experiments.Evaluations;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tests.Running;

[TestClass]
public sealed class ConstantPredictionsTests
{
    private static readonly int[] Labels = [0, 1, 1];

    [TestMethod]
    public void Are_OneRatingForAll_IsConstant()
    {
        Assert.IsTrue(Are(new RatingEvaluation([1, 2, 3], [2.5, 2.5, 2.5])));
        Assert.IsFalse(Are(new RatingEvaluation([1, 2, 3], [2.5, 2.5, 2.6])));
        Assert.IsFalse(Are(new RatingEvaluation([1], [2.5])));
    }

    [TestMethod]
    public void Are_OneClassWithVaryingProbabilities_IsConstantUnlessThoseAloneAreRead()
    {
        var oneSided = new ClassificationEvaluation(Labels, [0, 0, 0]) { Scores = [0.1, 0.2, 0.3] };

        Assert.IsTrue(Are(oneSided));
        Assert.IsFalse(Are(oneSided, byProbabilities: true));
        Assert.IsTrue(Are(oneSided with { Scores = [0.2, 0.2, 0.2] }, byProbabilities: true));
        Assert.IsFalse(Are(new ClassificationEvaluation(Labels, [0, 1, 0])));
    }

    [TestMethod]
    public void Are_SeveralClassesAndLabels_AreComparedByRow()
    {
        Assert.IsTrue(Are(new MulticlassEvaluation(3, [0, 1, 2], [2, 2, 2])));
        Assert.IsFalse(Are(new MulticlassEvaluation(3, [0, 1, 2], [2, 1, 2])));
        Assert.IsTrue(Are(new MultiLabelEvaluation(2, [0, 1, 1, 1], [0, 1, 0, 1])));
        Assert.IsFalse(Are(new MultiLabelEvaluation(2, [0, 1, 1, 1], [0, 1, 1, 0])));
    }

    private static bool Are(EvaluationData data, bool byProbabilities = false) =>
        ConstantPredictions.Are(data, null!, byProbabilities, CancellationToken.None);
}
