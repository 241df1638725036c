using Evenhand.Configuration.Randomness;

namespace Evenhand.Configuration.Tests.Randomness;

[TestClass]
public sealed class SeedTreeTests
{
    private static ulong First(SeedTree seeds) => seeds.CreateRandom().NextUInt64();

    [TestMethod]
    public void Mix_StepsOfTheGoldenRatio_AreThePublishedSplitMix64()
    {
        // Rosetta Code, "Pseudo-random numbers/Splitmix64": seed 1234567.
        CollectionAssert.AreEqual(
            new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL },
            Enumerable.Range(1, 3).Select(i => SeedTree.Mix(1234567 + ((ulong)i * 0x9E3779B97F4A7C15))).ToArray());
    }

    [TestMethod]
    public void Hash_Foobar_IsThePublishedFnvMixed()
    {
        // 85944171F73967E8: FNV-1a of 64 bits, from the test suite of its authors.
        Assert.AreEqual(SeedTree.Mix(0x85944171F73967E8), SeedTree.Hash("foobar"));
    }

    [TestMethod]
    public void Fork_Path_IsAForkForEachPart() =>
        Assert.AreEqual(First(new SeedTree(1).Fork("a").Fork("b")), First(new SeedTree(1).Fork("a/b")));

    [TestMethod]
    public void Fork_OtherNamesOrdersAndSeeds_Differ()
    {
        var seeds = new SeedTree(1);
        var drawn = new[]
        {
            First(seeds), First(seeds.Fork("a")), First(seeds.Fork("b")), First(seeds.Fork("a/b")),
            First(seeds.Fork("b/a")), First(new SeedTree(2).Fork("a")), First(new SeedTree(-1).Fork("a")),
        };
        CollectionAssert.AllItemsAreUnique(drawn);
    }

    [TestMethod]
    public void Fork_AfterOthers_IsWhatItIsAlone()
    {
        var seeds = new SeedTree(1);
        _ = First(seeds.Fork("before"));
        Assert.AreEqual(First(new SeedTree(1).Fork("a")), First(seeds.Fork("a")));
    }
}
