using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.TestKit.Learning;

namespace Evenhand.Torch.Tests;

/// <summary>What the validation and the test part hold shows nowhere in a deep model, in any split.</summary>
[TestClass]
[DoNotParallelize]
public sealed class LeakTests : TorchTest
{
    [TestMethod]
    [DataRow("transformer", TaskKind.TextClassification)]
    [DataRow("transformer", TaskKind.MulticlassTextClassification)]
    [DataRow("transformer", TaskKind.MultiLabelTextClassification)]
    [DataRow("two-tower", TaskKind.TopN)]
    public void Fit_OtherRowsInLaterParts_GivesTheSameModel(string learner, TaskKind task)
    {
        LeakConformance.Check(task, () => LeakConformance.Create(Registries.Full.Get<LearnerDescriptor>(learner)));
    }

    [TestMethod]
    public void Fit_AdversarialDebiasing_GivesTheSameModel()
    {
        LeakConformance.Check(TaskKind.TextClassification, () => new MitigatedLearner(
            LeakConformance.Create(Registries.Full.Get<LearnerDescriptor>("transformer")),
            null,
            new AdversarialDebiasing(new AdversarialDebiasingOptions { Group = "author" }),
            null));
    }
}
