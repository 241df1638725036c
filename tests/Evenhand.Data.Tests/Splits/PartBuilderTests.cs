using Evenhand.Data.Splits;
using Evenhand.TestKit.Learning;

namespace Evenhand.Data.Tests.Splits;

[TestClass]
public sealed class PartBuilderTests
{
    [TestMethod]
    public void Of_OtherRowsInValidationAndTest_LeavesTrainAsItIs()
    {
        foreach (var (strategy, original, changed) in LeakSamples.Splits("rating"))
        {
            Assert.AreEqual(LeakSamples.Describe(original.Train), LeakSamples.Describe(changed.Train), strategy);
            Assert.AreNotEqual(LeakSamples.Describe(original.Test), LeakSamples.Describe(changed.Test), strategy);
        }
    }

    [TestMethod]
    public void Of_OtherRowsInTest_LeavesTrainAndValidationAsTheyAre()
    {
        foreach (var (strategy, original, changed) in LeakSamples.Splits("rating", SplitPart.Test))
        {
            Assert.AreEqual(LeakSamples.Describe(original.Train), LeakSamples.Describe(changed.Train), strategy);
            Assert.AreEqual(
                LeakSamples.Describe(original.Validation), LeakSamples.Describe(changed.Validation), strategy);
        }
    }

    [TestMethod]
    public void Split_RowsInAnotherOrder_GivesTheSameParts()
    {
        foreach (var options in LeakSamples.Strategies())
        {
            var (original, shuffled) = LeakSamples.Orders(options, "rating");
            Assert.AreEqual(
                LeakSamples.Describe(original.Train), LeakSamples.Describe(shuffled.Train), $"{options.Strategy}");
            Assert.AreEqual(
                LeakSamples.Describe(original.Test), LeakSamples.Describe(shuffled.Test), $"{options.Strategy}");
            Assert.AreEqual(original.Checksum(), shuffled.Checksum());
        }
    }

    [TestMethod]
    public void Split_DescribedUsers_TakeTheValueOfMostOfTheirTrainingRows()
    {
        var (split, _) = LeakSamples.Orders(new SplitOptions { Train = 0.6, Validation = 0.2, Test = 0.2 }, "rating");
        var (train, test) = (split.Train, split.Test);
        Assert.AreEqual(train.UserColumn!.Vocabulary.Count, train.Users!.RowCount);
        var busy = train.FindGroup("activity")!;
        CollectionAssert.AreEqual(new[] { "busy", "calm" }, busy.Groups.ToArray());
        var rows = train.UserColumn.Codes.ToArray().CountBy(user => user).ToDictionary();
        var head = rows.Keys.Where(user => busy.Column.Codes[user] == 0).ToArray();
        Assert.HasCount((int)Math.Ceiling(0.3 * rows.Count), head);
        Assert.IsTrue(head.Min(user => rows[user]) >= rows.Keys.Except(head).Max(user => rows[user]));
        for (var user = 0; user < train.Users.RowCount; user++)
        {
            Assert.AreEqual(train.Users["city"].Format(user), test.Users!["city"].Format(user), "Train goes before.");
            Assert.AreEqual(train.Users["activity"].Format(user), test.Users["activity"].Format(user));
        }
    }
}
