using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Configuration.Tests;

[TestClass]
public sealed class OptionConditionTests
{
    private enum Solver
    {
        Exact,
        StepByStep,
        Sampled,
    }

    [TestMethod]
    [DataRow(nameof(Options.Steps), "solver is step-by-step or sampled", false)]
    [DataRow(nameof(Options.Length), "steps is 0", true)]
    [DataRow(nameof(Options.Seed), "table is empty", false)]
    [DataRow(nameof(Options.Inner), "fast is true", false)]
    public void Of_Attribute_SaysWhatTheOtherOptionMustBe(string property, string description, bool isNegated)
    {
        var condition = OptionCondition.Of(typeof(Options).GetProperty(property)!)!;

        Assert.AreEqual(description, condition.Describe());
        Assert.AreEqual(isNegated, condition.IsNegated);
    }

    [TestMethod]
    public void Of_NoAttribute_IsNull() =>
        Assert.IsNull(OptionCondition.Of(typeof(Options).GetProperty(nameof(Options.Solver))!));

    [TestMethod]
    [DataRow(nameof(Wrong.Both), "more than one condition")]
    [DataRow(nameof(Wrong.Unknown), "no option beside it")]
    [DataRow(nameof(Wrong.Itself), "no option beside it")]
    [DataRow(nameof(Wrong.OtherType), "of type System.Double")]
    [DataRow(nameof(Wrong.Nothing), "of type System.Double")]
    public void Of_WrongAttribute_Throws(string property, string message) => Assert.Contains(
        message,
        Assert.ThrowsExactly<ArgumentException>(() => OptionCondition.Of(typeof(Wrong).GetProperty(property)!)).Message);

    [TestMethod]
    public void WhyIdle_EachCase_SaysWhatDecides()
    {
        var exact = new Options { Steps = 0 };
        var stepping = new Options { Solver = Solver.StepByStep };

        Assert.AreEqual(
            "has an effect only where solver is step-by-step or sampled; here it is exact",
            WhyIdle(exact, nameof(Options.Steps)));
        Assert.IsNull(WhyIdle(stepping, nameof(Options.Steps)));
        Assert.AreEqual(
            "has no effect where steps is 0, as it is here",
            WhyIdle(stepping with { Steps = 0 }, nameof(Options.Length)));
        Assert.IsNull(WhyIdle(stepping, nameof(Options.Length)));

        // Steps that are not taken are not 0.
        Assert.IsNull(WhyIdle(exact, nameof(Options.Length)));
        Assert.AreEqual(
            "has an effect only where solver is step-by-step or sampled; here it is exact",
            WhyIdle(exact with { Steps = 5 }, nameof(Options.Fifth)));
        Assert.AreEqual(
            "has an effect only where table is empty; here it is a.csv",
            WhyIdle(exact with { Table = "a.csv" }, nameof(Options.Seed)));
    }

    [TestMethod]
    public void Problems_OptionsInOptions_AreNamedWithThem() => CollectionAssert.AreEqual(
        new[] { new OptionProblem("inner.rank", "inner.rank is 0; it must be at least 1.") },
        OptionsValidator.Problems(new Options { Inner = new Inner { Rank = 0 } }).ToArray());

    [TestMethod]
    public void Problems_OptionWithoutEffect_IsNone() =>
        Assert.IsEmpty(OptionsValidator.Problems(new Options { Steps = 7, Inner = new Inner { Rank = 3 } }));

    [TestMethod]
    [DataRow("{ steps: 5 }", "f.yaml(1,10): steps: has an effect only where solver is step-by-step or sampled; here it is exact")]
    [DataRow("{ solver: sampled, steps: 0, length: 2 }", "f.yaml(1,38): length: has no effect where steps is 0, as it is here")]
    [DataRow("{ inner: { rank: 2 } }", "f.yaml(1,10): inner: has an effect only where fast is true; here it is false")]
    public void Bind_OptionWithoutEffect_IsRefused(string text, string message) => Assert.AreEqual(
        message, Assert.ThrowsExactly<InputException>(() => YamlBinder.Bind<Options>("f.yaml", text)).Message);

    [TestMethod]
    public void Bind_OptionWithEffect_IsTaken() => Assert.AreEqual(
        new Options { Fast = true, Inner = new Inner { Rank = 2 } },
        YamlBinder.Bind<Options>("f.yaml", "{ fast: true, inner: { rank: 2 } }"));

    [TestMethod]
    [DataRow("""{ "innerRank": 3, "other": 1 }""", """{ "other": 1, "inner": { "rank": 3 } }""")]
    [DataRow("""{ "inner": "round" }""", """{ "inner": { "shape": "round" } }""")]
    [DataRow("""{ "inner": { "rank": 3 } }""", """{ "inner": { "rank": 3 } }""")]
    [DataRow("{}", "{}")]
    public void Move_FormerNames_GoWhereTheyBelong(string written, string expected)
    {
        var options = JsonNode.Parse(written)!.AsObject();
        FormerNameAttribute.Move(options, typeof(Options));

        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), options), options.ToJsonString());
    }

    private static string? WhyIdle(Options options, string property) =>
        OptionCondition.WhyIdle(options, typeof(Options).GetProperty(property)!);

    private sealed record Options : OptionsRecord
    {
        public Solver Solver { get; init; }

        [When(nameof(Solver), Solver.StepByStep, Solver.Sampled)]
        public int Steps { get; init; } = 3;

        [Unless(nameof(Steps), 0)]
        public double Length { get; init; } = 1;

        [When(nameof(Steps), 5)]
        public bool Fifth { get; init; }

        public string Table { get; init; } = "";

        [When(nameof(Table), "")]
        public int Seed { get; init; }

        public bool Fast { get; init; }

        [When(nameof(Fast), true)]
        public Inner Inner { get; init; } = new();
    }

    private sealed record Inner : OptionsRecord
    {
        [FormerName("innerRank")]
        [Range(1, int.MaxValue)]
        public int Rank { get; init; } = 1;

        [FormerName("inner")]
        public string Shape { get; init; } = "";
    }

    private sealed record Wrong
    {
        public double Share { get; init; }

        [When(nameof(Share), 1.0)]
        [Unless(nameof(Share), 0.0)]
        public int Both { get; init; }

        [When("Shares", 1.0)]
        public int Unknown { get; init; }

        [When(nameof(Itself), 1)]
        public int Itself { get; init; }

        [When(nameof(Share), 1)]
        public int OtherType { get; init; }

        [When(nameof(Share))]
        public int Nothing { get; init; }
    }
}
