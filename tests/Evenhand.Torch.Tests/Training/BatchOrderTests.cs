using Evenhand.Configuration.Randomness;
using Evenhand.TestKit;
using Evenhand.Torch.Training;
using FsCheck.Fluent;

namespace Evenhand.Torch.Tests.Training;

[TestClass]
public sealed class BatchOrderTests
{
    private static readonly SeedTree Seeds = new(7);

    [TestMethod]
    public void Batches_AnyRows_HoldEachRowOnce() => Properties.Check(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var rows = Enumerable.Range(0, 1 + random.Next(400)).Where(_ => random.Next(3) > 0).ToArray();
            var size = 1 + random.Next(20);
            var order = new BatchOrder(TrainingSamples.Texts(400, Seeds), rows, size, random.Next(2) == 0);
            var batches = order.Batches(Seeds.Fork("epoch"));

            Assert.HasCount((rows.Length + size - 1) / size, batches);
            Assert.IsTrue(batches.All(batch => batch.Length > 0 && batch.Length <= size));
            CollectionAssert.AreEqual(rows, batches.SelectMany(b => b).Order().ToArray());
        });

    [TestMethod]
    public void Batches_SameSeed_AreTheSameAndDifferFromEpochToEpoch()
    {
        var order = new BatchOrder(
            TrainingSamples.Texts(300, Seeds), [.. Enumerable.Range(0, 300)], 8, Bucketing: true);
        var first = Flat(Seeds.Fork("epoch/0"));

        CollectionAssert.AreEqual(first, Flat(Seeds.Fork("epoch/0")));
        CollectionAssert.AreNotEqual(first, Flat(Seeds.Fork("epoch/1")));

        int[] Flat(SeedTree seeds) => [.. order.Batches(seeds).SelectMany(b => b)];
    }

    [TestMethod]
    public void Batches_Bucketing_FillsLess()
    {
        var texts = TrainingSamples.Texts(300, Seeds);
        int[] rows = [.. Enumerable.Range(0, 300)];

        Assert.IsLessThan(Filled(bucketing: false) / 4, Filled(bucketing: true));

        int Filled(bool bucketing) => new BatchOrder(texts, rows, 8, bucketing).Batches(Seeds.Fork("epoch"))
            .Sum(batch => (batch.Length * batch.Max(texts.Length)) - batch.Sum(texts.Length));
    }
}
