using Evenhand.Tuning.Space;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Space;

[TestClass]
public sealed class ParameterDomainTests
{
    private static readonly ParameterDomain[] Countable =
    [
        new IntDomain(0, 9),
        new IntDomain(-3, 12) { Step = 4 },
        new IntDomain(1, 200) { Log = true },
        new IntDomain(8, 8) { Log = true },
        new FloatDomain(0.1, 0.7) { Step = 0.1 },
        new FloatDomain(-1, 1) { Step = 0.3 },
        new CategoricalDomain(["a", 1L, 1.0, true]),
    ];

    [TestMethod]
    public void FromUnit_BothEnds_GivesSmallestAndLargest()
    {
        Assert.AreEqual(0L, new IntDomain(0, 9).FromUnit(0).AsInt64);
        Assert.AreEqual(9L, new IntDomain(0, 9).FromUnit(1).AsInt64);
        Assert.AreEqual(128L, new IntDomain(8, 128) { Log = true }.FromUnit(1).AsInt64);
        Assert.AreEqual(0.3, new FloatDomain(1e-4, 0.3) { Log = true }.FromUnit(1).AsDouble);
    }

    [TestMethod]
    public void FromUnit_IntWithStep_GivesWholeSteps() => CollectionAssert.AreEqual(
        new[] { "-3", "1", "5", "9" },
        Enumerable.Range(0, 4).Select(n =>
            new IntDomain(-3, 12) { Step = 4 }.FromUnit((n + 0.5) / 4).ToString()).ToArray());

    [TestMethod]
    public void FromUnit_StepBeyondDecimals_GivesTheOneValue() =>
        Assert.AreEqual(0.0, new FloatDomain(0, 1) { Step = 1e30 }.FromUnit(0.5).AsDouble);

    [TestMethod]
    public void FromUnit_FloatWithStep_GivesCleanDecimals() => CollectionAssert.AreEqual(
        new[] { "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7" },
        Enumerable.Range(0, 7)
            .Select(n => new FloatDomain(0.1, 0.7) { Step = 0.1 }.FromUnit((n + 0.5) / 7).ToString()).ToArray());

    [TestMethod]
    public void FromUnit_Logarithm_MiddleIsTheGeometricMean()
    {
        Assert.AreEqual(0.01, new FloatDomain(1e-4, 1) { Log = true }.FromUnit(0.5).AsDouble, 1e-15);

        // sqrt(7.5 * 128.5) = 31.04: the ends reach half a unit beyond 8 and 128.
        Assert.AreEqual(31L, new IntDomain(8, 128) { Log = true }.FromUnit(0.5).AsInt64);
    }

    [TestMethod]
    public void FromUnit_OutsideOfTheInterval_MovesToTheEnd()
    {
        Assert.AreEqual(2d, new FloatDomain(2, 3).FromUnit(-4).AsDouble);
        Assert.AreEqual(3d, new FloatDomain(2, 3).FromUnit(4).AsDouble);
        Assert.ThrowsExactly<ArgumentException>(() => new FloatDomain(2, 3).FromUnit(double.NaN));
    }

    [TestMethod]
    public void CellOf_AllValues_TileTheUnitInterval()
    {
        foreach (var domain in Countable)
        {
            var values = Enumerable.Range(0, 20_001).Select(n => domain.FromUnit(n / 20_000d)).Distinct().ToArray();
            Assert.AreEqual(domain.Count, values.Length, domain.ToString());
            var end = 0d;
            foreach (var value in values)
            {
                Assert.IsTrue(domain.Contains(value), $"{value} in {domain}");
                var cell = domain.CellOf(value);
                Assert.AreEqual(end, cell.Low, 1e-12, $"{value} in {domain}");
                Assert.AreEqual(value, domain.FromUnit(domain.ToUnit(value)), domain.ToString());
                end = cell.High;
            }

            Assert.AreEqual(1, end, 1e-12, domain.ToString());
        }
    }

    [TestMethod]
    public void ToUnit_ContinuousDomain_InvertsFromUnit()
    {
        var bounds = Gen.Choose(-1000, 1000).Zip(Gen.Choose(1, 1000)).Zip(Gen.Choose(0, 10_000));
        Prop.ForAll(bounds.ToArbitrary(), drawn =>
        {
            var ((low, width), step) = drawn;
            var position = step / 10_000d;
            var linear = new FloatDomain(low, low + width);
            Assert.AreEqual(position, linear.ToUnit(linear.FromUnit(position)), 1e-11);
            var logarithmic = new FloatDomain(Math.Exp(low / 100d), Math.Exp((low + width) / 100d)) { Log = true };
            Assert.AreEqual(position, logarithmic.ToUnit(logarithmic.FromUnit(position)), 1e-11);
        }).Check(Checks.Config);
    }

    [TestMethod]
    public void Contains_WrongKindOrPlace_IsFalse()
    {
        Assert.IsFalse(new IntDomain(0, 9).Contains(10L));
        Assert.IsFalse(new IntDomain(0, 9).Contains(5.0));
        Assert.IsFalse(new IntDomain(0, 9) { Step = 2 }.Contains(5L));
        Assert.IsFalse(new FloatDomain(0, 1).Contains(1L));
        Assert.IsFalse(new FloatDomain(0, 1) { Step = 0.25 }.Contains(0.3));
        Assert.IsTrue(new FloatDomain(0.1, 0.5) { Step = 0.1 }.Contains(0.1 + 0.2));
        Assert.IsFalse(new CategoricalDomain(["a"]).Contains("A"));
        Assert.ThrowsExactly<ArgumentException>(() => new IntDomain(0, 9).ToUnit(10L));
    }

    [TestMethod]
    public void Constructor_InvalidDomain_Throws()
    {
        Func<ParameterDomain>[] invalid =
        [
            () => new IntDomain(2, 1),
            () => new IntDomain(0, long.MaxValue),
            () => new IntDomain(0, 9) { Step = 0 },
            () => new IntDomain(0, 9) { Log = true },
            () => new IntDomain(1, 9) { Step = 2, Log = true },
            () => new IntDomain(1, 9) { Log = true, Step = 2 },
            () => new FloatDomain(2, 1),
            () => new FloatDomain(double.NaN, 1),
            () => new FloatDomain(0, double.PositiveInfinity),
            () => new FloatDomain(double.MinValue, double.MaxValue),
            () => new FloatDomain(0, 1) { Step = 0 },
            () => new FloatDomain(0, 1) { Step = 1e-20 },
            () => new FloatDomain(0, 1) { Log = true },
            () => new FloatDomain(1, 2) { Step = 0.1, Log = true },
            () => new CategoricalDomain([]),
            () => new CategoricalDomain(["a", "b", "a"]),
        ];
        foreach (var (index, domain) in invalid.Index())
        {
            Assert.ThrowsExactly<ArgumentException>(() => _ = domain(), $"case {index}");
        }
    }

    [TestMethod]
    public void Equals_SameContent_IsTrue()
    {
        Assert.AreEqual(new IntDomain(1, 9) { Log = true }, new IntDomain(1, 9) { Log = true });
        Assert.AreNotEqual(new IntDomain(1, 9) { Log = true }, new IntDomain(1, 9));
        Assert.AreEqual(new CategoricalDomain(["a", 1L]), new CategoricalDomain(["a", 1L]));
        Assert.AreNotEqual(new CategoricalDomain(["a", 1L]), new CategoricalDomain(["a", 1.0]));
        Assert.AreEqual(new ParameterCondition("a", ["x"]), new ParameterCondition("a", ["x"]));
    }
}
