using Evenhand.Torch.Training;

namespace Evenhand.Torch.Tests.Training;

[TestClass]
public sealed class LearningRateScheduleTests
{
    // By hand: 4 steps up by a quarter each, then 6 steps of 1 - p, (1 + cos(pi p)) / 2 or 1, with p = 0, 1/6 .. 5/6.
    [TestMethod]
    [DataRow(ScheduleKind.Linear, new[] { 0.5, 1, 1.5, 2, 2, 10 / 6.0, 8 / 6.0, 1, 4 / 6.0, 2 / 6.0 })]
    [DataRow(
        ScheduleKind.Cosine,
        new[] { 0.5, 1, 1.5, 2, 2, 1.8660254037844386, 1.5, 1, 0.5, 0.1339745962155614 })]
    [DataRow(ScheduleKind.Constant, new[] { 0.5, 1, 1.5, 2, 2, 2, 2, 2, 2, 2 })]
    public void At_TenStepsFourOfThemWarmUp_IsAsByHand(ScheduleKind kind, double[] expected)
    {
        var schedule = new LearningRateSchedule(kind, Rate: 2, Steps: 10, WarmupSteps: 4);
        for (var step = 0; step < expected.Length; step++)
        {
            Assert.AreEqual(expected[step], schedule.At(step), 1e-12);
        }
    }

    [TestMethod]
    public void At_WarmUpAllTheWay_EndsAtTheFullRate() =>
        Assert.AreEqual(3, new LearningRateSchedule(ScheduleKind.Linear, 3, 5, 5).At(4), 1e-12);
}
