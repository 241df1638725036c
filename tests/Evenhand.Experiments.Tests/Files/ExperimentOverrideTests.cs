using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Files;

[TestClass]
public sealed class ExperimentOverrideTests
{
    private static readonly string File = Text.With(
        learners: "[bias, { matrix-factorization: { lambda: 0.05 } }]", more: "budget: { trials: 5 }");

    [TestMethod]
    [DataRow("budget.trials", "7", 7)]
    [DataRow("budget", "{ trials: 9 }", 9)]
    [DataRow("budget.trials", "", 50)]
    public void Parse_Override_TakesThePlace(string path, string value, int trials) =>
        Assert.AreEqual(trials, Text.Parse(File, (path, value)).Budget.TrialLimit);

    [TestMethod]
    public void Parse_SectionThatIsNotThere_IsAdded() =>
        Assert.AreEqual(0.9, Text.Parse(File, ("evaluation.confidence", "0.9")).Evaluation.Confidence);

    [TestMethod]
    public void Parse_LaterOverride_Wins() =>
        Assert.AreEqual(2, Text.Parse(File, ("seed", "1"), ("seed", "2")).Seed);

    [TestMethod]
    [DataRow("learners.1.matrix-factorization.lambda")]
    [DataRow("learners.matrix-factorization.lambda")]
    public void Parse_EntryOfList_IsNamedByPositionOrName(string path)
    {
        var domain = Text.Plan(File, (path, "{ float: [0.01, 0.1], log: true }")).Learners.Space.Parameters[^1];

        Assert.AreEqual("matrix-factorization.lambda", domain.Name);
        Assert.AreEqual(new FloatDomain(0.01, 0.1) { Log = true }, domain.Domain);
    }

    [TestMethod]
    [DataRow("learners.0.bias.userDamping")]
    [DataRow("learners.bias.userDamping")]
    public void Parse_LearnerThatIsOnlyNamed_GetsOptions(string path)
    {
        var parameter = Text.Plan(File, (path, "search")).Learners.Space.Parameters[^1];

        Assert.AreEqual("bias.userDamping", parameter.Name);
    }

    [TestMethod]
    public void Parse_WholeEntry_IsReplaced() =>
        Assert.IsNotEmpty(Text.Parse(File, ("learners.0", "{ bias: search }")).Learners[0].Settings);

    [TestMethod]
    [DataRow("budget.trials", "many", "--set budget.trials=many: budget.trials: expected an integer, found text 'many'")]
    [DataRow("budget.trails", "5", "--set budget.trails=5: budget: unknown key 'trails'. Did you mean 'trials'?")]
    [DataRow("learners.5.bias", "{}", "--set learners.5.bias={}: 'learners' has 2 entries, counted from 0")]
    [DataRow("learners.bais.userDamping", "1", "--set learners.bais.userDamping=1: 'learners' has no entry 'bais'. Did you mean 'bias'?")]
    [DataRow("learners.1.matrix-factorization.lamda", "1", "--set learners.1.matrix-factorization.lamda=1: learners.1.matrix-factorization: unknown key 'lamda'. Did you mean 'lambda'?")]
    [DataRow("name.first", "x", "--set name.first=x: 'name' is text 'test', which has no part 'first'")]
    [DataRow("budget..trials", "5", "--set budget..trials=5: a path is keys joined by dots, such as budget.trials")]
    [DataRow("budget", "{ trials: 5", "--set budget={ trials: 5: not valid YAML: ")]
    [DataRow("objective.minimize", "rmsd", "--set objective.minimize=rmsd: Unknown metric 'rmsd'. Did you mean 'rmse'?")]
    public void Parse_BadOverride_IsNamed(string path, string value, string expected) =>
        Assert.StartsWith(expected, Text.Refusal(File, (path, value)));
}
