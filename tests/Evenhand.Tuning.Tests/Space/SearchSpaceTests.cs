using Evenhand.Tuning.Space;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Tuning.Tests.Space;

[TestClass]
public sealed class SearchSpaceTests
{
    private static readonly Parameter Learner = new("learner", new CategoricalDomain(["mf", "lr", "bias"]));
    private static readonly Parameter Rank = new("rank", new IntDomain(8, 128)) { When = new("learner", ["mf"]) };
    private static readonly Parameter Solver =
        new("solver", new CategoricalDomain(["sgd", "als"])) { When = new("learner", ["mf"]) };

    private static readonly Parameter Rate = new("rate", new FloatDomain(0.01, 1)) { When = new("solver", ["sgd"]) };
    private static readonly Parameter Decay = new("decay", new FloatDomain(0, 1))
    {
        When = new(
        "learner", ["mf", "lr"])
    };

    [TestMethod]
    public void Constructor_ChildrenBeforeParents_PutsParentsFirst()
    {
        var space = new SearchSpace([Rate, Rank, Decay, Learner, Solver]);
        CollectionAssert.AreEqual(
            new[] { "learner", "solver", "rate", "rank", "decay" }, space.Parameters.Select(p => p.Name).ToArray());
    }

    [TestMethod]
    public void Constructor_SameNameTwice_Throws() => Throws("'rank'", () => new SearchSpace([Learner, Rank, Rank]));

    [TestMethod]
    public void Constructor_UnknownParent_Throws() => Throws("'learner'", () => new SearchSpace([Rank]));

    [TestMethod]
    public void Constructor_ValueNotOfParent_Throws() => Throws(
        "svd", () => new SearchSpace([Learner, Rank with { When = new("learner", ["mf", "svd"]) }]));

    [TestMethod]
    public void Constructor_ContinuousParent_Throws() => Throws("continuous", () => new SearchSpace(
        [new("share", new FloatDomain(0, 1)), new("rank", new IntDomain(1, 2)) { When = new("share", [0.5]) }]));

    [TestMethod]
    public void Constructor_CircleOfConditions_Throws() => Throws("itself", () => new SearchSpace(
    [
        new("a", new IntDomain(0, 1)) { When = new("c", [1L]) },
        new("b", new IntDomain(0, 1)) { When = new("a", [1L]) },
        new("c", new IntDomain(0, 1)) { When = new("b", [1L]) },
    ]));

    [TestMethod]
    public void Constructor_ParentOfItself_Throws() => Throws(
        "itself", () => new SearchSpace([new("a", new IntDomain(0, 1)) { When = new("a", [1L]) }]));

    [TestMethod]
    public void FromUnit_NestedConditions_HoldsOnlyActiveParameters()
    {
        var space = new SearchSpace([Learner, Rank, Solver, Rate, Decay]);
        Assert.AreEqual("learner=bias", space.FromUnit([0.99, 0, 0, 0, 0]).ToString());
        Assert.AreEqual("learner=lr, decay=0.25", space.FromUnit([0.5, 0, 0, 0, 0.25]).ToString());
        Assert.AreEqual("learner=mf, rank=8, solver=als, decay=1", space.FromUnit([0, 0, 0.5, 0, 1]).ToString());
        Assert.AreEqual("learner=mf, rank=128, solver=sgd, rate=0.01, decay=1", space.FromUnit(
            [0, 1, 0, 0, 1]).ToString());
    }

    [TestMethod]
    public void FromUnit_NegatedCondition_HoldsWhereTheParentIsNotActiveToo()
    {
        var space = new SearchSpace([Learner, Solver, new("lambda", new FloatDomain(0, 1))
        {
            When = new ParameterCondition("solver", ["als"]) { IsNegated = true },
        }]);

        Assert.AreEqual("learner=mf, solver=als", space.FromUnit([0, 0.9, 1]).ToString());
        Assert.AreEqual("learner=mf, solver=sgd, lambda=1", space.FromUnit([0, 0, 1]).ToString());
        Assert.AreEqual("learner=bias, lambda=1", space.FromUnit([0.99, 0, 1]).ToString());
    }

    [TestMethod]
    public void FromUnit_TwoConditions_MustBothHold()
    {
        var condition = new ParameterCondition("solver", ["als"])
        {
            IsNegated = true,
            And = new ParameterCondition("learner", ["mf", "lr"]),
        };
        var space = new SearchSpace([new("lambda", new FloatDomain(0, 1)) { When = condition }, Solver, Learner]);

        CollectionAssert.AreEqual(
            new[] { "learner", "solver", "lambda" }, space.Parameters.Select(p => p.Name).ToArray());
        Assert.AreEqual("learner=mf, solver=als", space.FromUnit([0, 0.9, 1]).ToString());
        Assert.AreEqual("learner=lr, lambda=1", space.FromUnit([0.5, 0, 1]).ToString());
        Assert.AreEqual("learner=bias", space.FromUnit([0.99, 0, 1]).ToString());
        Assert.AreEqual("solver is not als and learner is mf or lr", condition.ToString());
        Assert.IsTrue(condition.HoldsIn(space.FromUnit([0.5, 0, 1])));
        Assert.IsFalse(condition.HoldsIn(space.FromUnit([0.99, 0, 1])));
        Assert.AreEqual(condition, condition with { And = new ParameterCondition("learner", ["mf", "lr"]) });
        Assert.AreNotEqual(condition, condition with { And = null });
        Assert.AreNotEqual(condition, condition with { IsNegated = false });
        Assert.AreEqual(
            "The parameter 'lambda' is not active: it needs that solver is not als and learner is mf or lr.",
            space.FindProblem(new([new("learner", "bias"), new("lambda", 0.5)])));
    }

    [TestMethod]
    public void Constructor_CircleThroughASecondCondition_Throws() => Throws("itself", () => new SearchSpace(
    [
        new("a", new IntDomain(0, 1)) { When = new("b", [1L]) { And = new("c", [1L]) } },
        new("b", new IntDomain(0, 1)),
        new("c", new IntDomain(0, 1)) { When = new("a", [1L]) },
    ]));

    [TestMethod]
    public void FromUnit_InactiveCoordinates_MayBeNaN()
    {
        var space = new SearchSpace([Learner, Rank]);
        Assert.AreEqual("learner=bias", space.FromUnit([1, double.NaN]).ToString());
        Assert.ThrowsExactly<ArgumentException>(() => space.FromUnit([0, double.NaN]));
        Assert.ThrowsExactly<ArgumentException>(() => space.FromUnit([0]));
    }

    [TestMethod]
    public void ToUnit_OfFromUnit_LeadsBackToTheSameSet()
    {
        var space = new SearchSpace([Learner, Rank, Solver, Rate, Decay]);
        var coordinate = Gen.Choose(0, 1 << 20).Select(step => step / (double)(1 << 20));
        Prop.ForAll(coordinate.ArrayOf(5).ToArbitrary(), point =>
        {
            var set = space.FromUnit(point);
            var again = space.ToUnit(set);
            for (var index = 0; index < point.Length; index++)
            {
                Assert.AreEqual(set.ContainsKey(space.Parameters[index].Name), !double.IsNaN(again[index]));
            }

            var back = space.FromUnit(again);
            CollectionAssert.AreEqual(set.Keys.ToArray(), back.Keys.ToArray());
            foreach (var (name, value) in set)
            {
                if (value.Kind == ParameterKind.Float)
                {
                    Assert.AreEqual(value.AsDouble, back[name].AsDouble, 1e-12);
                }
                else
                {
                    Assert.AreEqual(value, back[name]);
                }
            }
        }).Check(Checks.Config);
    }

    [TestMethod]
    public void CreateSet_AnyOrderAndIntegersForNumbers_GivesTheSetOfTheSpace()
    {
        var space = new SearchSpace([Learner, Rank, Solver, Rate, Decay]);
        var set = space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["decay"] = 1L,
            ["rank"] = 16L,
            ["solver"] = "als",
            ["learner"] = "mf",
        });
        Assert.AreEqual("learner=mf, rank=16, solver=als, decay=1", set.ToString());
        Assert.AreEqual(ParameterKind.Float, set["decay"].Kind);
        Assert.IsTrue(space.Contains(set));
    }

    [TestMethod]
    public void CreateSet_NotOfTheSpace_NamesTheParameter()
    {
        var space = new SearchSpace([Learner, Rank]);
        Throws("'rank' has no value", () => space.CreateSet(Values(("learner", "mf"))));
        Throws("'rank' is not active", () => space.CreateSet(Values(("learner", "bias"), ("rank", 8L))));
        Throws("256", () => space.CreateSet(Values(("learner", "mf"), ("rank", 256L))));
        Throws("'depth'", () => space.CreateSet(Values(("learner", "bias"), ("depth", 8L))));
    }

    [TestMethod]
    public void Contains_SetInOtherOrder_IsFalse() => Assert.IsFalse(
        new SearchSpace([Learner, Rank]).Contains(new ParameterSet(Values(("rank", 8L), ("learner", "mf")))));

    private static List<KeyValuePair<string, ParameterValue>> Values(params (string Name,
        ParameterValue Value)[] values) =>
        [.. values.Select(value => KeyValuePair.Create(value.Name, value.Value))];

    private static void Throws(string part, Func<object> action) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ = action()).Message, part);
}
