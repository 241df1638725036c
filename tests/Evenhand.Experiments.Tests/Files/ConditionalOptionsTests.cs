using Evenhand.Configuration;
using Evenhand.Experiments.Files;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Files;

/// <summary>Options that stand in others, and options that have an effect only at certain values of others.</summary>
[TestClass]
public sealed class ConditionalOptionsTests
{
    [TestMethod]
    public void Space_ParentIsSearched_MakesTheOptionsOfARecordConditional()
    {
        var parameters = Space("[transformer: { fineTuning: search, lora: search, adapter: { size: 8 } }]")
            .Space.Parameters;

        CollectionAssert.AreEqual(
            new[]
            {
                "transformer.fineTuning", "transformer.lora.rank", "transformer.lora.alpha", "transformer.lora.dropout",
            },
            parameters.Select(p => p.Name).ToArray());
        var when = new ParameterCondition("transformer.fineTuning", ["lora"]);
        Assert.IsTrue(parameters.Skip(1).All(p => when.Equals(p.When)));
    }

    [TestMethod]
    public void Space_ParentHasTheValue_LeavesTheOptionsUnconditional()
    {
        var space = Space("[transformer: { fineTuning: lora, lora: { rank: search, alpha: 16 } }]").Space;

        Assert.AreEqual("transformer.lora.rank", space.Parameters.Single().Name);
        Assert.IsNull(space.Parameters.Single().When);
    }

    [TestMethod]
    public void Space_SeveralLearners_AddsTheirChoiceToWhatMustNotBe()
    {
        var parameters = Space(
            "[svd-plus-plus, { factorization-machine: { solver: search, lossFunction: search, lambda: search } }]",
            "top-n", "{ maximize: ndcg@10 }").Space.Parameters;

        Assert.AreEqual(
            new ParameterCondition("factorization-machine.solver", ["markov-chain-monte-carlo"])
            {
                IsNegated = true,
                And = new ParameterCondition("learner", ["factorization-machine"]),
            },
            parameters.Single(p => p.Name == "factorization-machine.lambda").When);
        Assert.AreEqual(
            new ParameterCondition("factorization-machine.lossFunction", ["square-loss-regression"]),
            parameters.Single(p => p.Name == "factorization-machine.solver").When);
    }

    [TestMethod]
    public void Space_ParentOfParentIsSearched_TurnsItsConditionRound()
    {
        // The solver is the sampler by default, wherever there is a solver at all; only the other loss reads lambda.
        var lambda = Space(
            "[factorization-machine: { lossFunction: search, lambda: search }]", "top-n", "{ maximize: ndcg@10 }")
            .Space.Parameters[1];

        Assert.AreEqual(
            new ParameterCondition("factorization-machine.lossFunction", ["square-loss-regression"])
            {
                IsNegated = true,
            },
            lambda.When);
    }

    [TestMethod]
    [DataRow("{ int: [0, 3] }", "pretraining.epochs is not 0")]
    [DataRow("{ choice: [1, 3] }", null)]
    [DataRow("{ int: [0, 1000] }", "pretraining.epochs is not 0")]
    public void Space_NumericParent_LeavesOutTheValueWithoutEffect(string epochs, string? when)
    {
        var space = Space($"[transformer: {{ pretraining: {{ epochs: {epochs}, maskShare: search }} }}]").Space;

        Assert.AreEqual(
            when is null ? null : $"transformer.{when}", space.Parameters[1].When?.ToString());
    }

    [TestMethod]
    public void Space_ContinuousParent_IsNeverExactlyTheValue() => Assert.IsTrue(
        Space("[transformer: { validationShare: { float: [0, 0.3] }, patience: { int: [1, 3] } }]")
            .Space.Parameters.All(p => p.When is null));

    [TestMethod]
    public void OptionsAt_OptionWithoutEffect_HasItsDefaultAndIsNotShown()
    {
        var space = Space("[transformer: { fineTuning: { choice: [full, lora] }, lora: { rank: search, alpha: 4 } }]");
        var full = Set(space, ("transformer.fineTuning", "full"));
        var lora = Set(space, ("transformer.fineTuning", "lora"), ("transformer.lora.rank", 3));

        Assert.AreEqual(new TransformerOptions { FineTuning = FineTuning.Full }, space.OptionsAt(full));
        Assert.AreEqual("fineTuning=full", space.ParametersAt(full).ToString());
        Assert.AreEqual(
            new TransformerOptions { FineTuning = FineTuning.Lora, Lora = new LoraOptions { Rank = 3, Alpha = 4 } },
            space.OptionsAt(lora));
        Assert.AreEqual("fineTuning=lora, lora.rank=3, lora.alpha=4", space.ParametersAt(lora).ToString());
    }

    [TestMethod]
    public void OptionsAt_FolderIsSearched_LeavesItsSizesToIt()
    {
        var space = Space("[transformer: { pretrained: { choice: ['', bert] }, hiddenSize: 64 }]");
        var options = (TransformerOptions)space.OptionsAt(Set(space, ("transformer.pretrained", "bert")));

        Assert.IsEmpty(OptionsValidator.Problems(options));
        Assert.AreEqual(
            64, ((TransformerOptions)space.OptionsAt(Set(space, ("transformer.pretrained", "")))).HiddenSize);
    }

    [TestMethod]
    public void Space_OptionOfAMember_HasTheNamesOfAll()
    {
        var space = Space("[distilled: { teacher: { transformer: { fineTuning: search, lora: { rank: search } } }, "
            + "student: logistic-regression }]").Space;

        Assert.AreEqual("distilled.teacher.lora.rank", space.Parameters[1].Name);
        Assert.AreEqual("distilled.teacher.fineTuning is lora", space.Parameters[1].When!.ToString());
    }

    [TestMethod]
    [DataRow("{ lora: { rank: 4 } }", "lora: has an effect only where fineTuning is lora; here it is full")]
    [DataRow("{ lora: search }", "lora: has an effect only where fineTuning is lora; here it is full")]
    [DataRow("{ fineTuning: { choice: [full, head] }, lora: { rank: search } }",
        "lora: has an effect only where fineTuning is lora; here it is one of full, head")]
    [DataRow("{ pretraining: { maskShare: 0.2 } }",
        "pretraining.maskShare: has no effect where epochs is 0, as it is here")]
    [DataRow("{ pretraining: search }",
        "pretraining: no option in it has an effect and an interval of its own to search")]
    [DataRow("{ adversary: { kind: fgm, steps: search } }",
        "adversary.steps: has an effect only where kind is pgd or free; here it is fgm")]
    [DataRow("{ adversary: { kind: free, weight: 0.5 } }",
        "adversary.weight: has an effect only where kind is fgm or pgd; here it is free")]
    [DataRow("{ adversary: { epsilon: search } }",
        "adversary.epsilon: has no effect where kind is none, as it is here")]
    [DataRow("{ validationShare: 0, patience: 3 }",
        "patience: has no effect where validationShare is 0, as it is here")]
    [DataRow("{ fineTuning: lora, lora: { ranks: 4 } }", "lora: unknown key 'ranks'. Did you mean 'rank'?")]
    [DataRow("{ fineTuning: lora, lora: { rank: 0 } }", "lora.rank: must be between 1 and 1024, found 0")]
    [DataRow("{ fineTuning: lora, lora: 4 }", "lora: expected options of lora, or search, found the number 4")]
    public void Parse_OptionWithoutEffect_IsRefused(string options, string message) =>
        Assert.AreEqual($"learners.0.transformer.{message}", Refusal($"[transformer: {options}]"));

    [TestMethod]
    public void Parse_ParentHasNoEffectItself_NamesWhatDecides()
    {
        var learners = "[factorization-machine: { lossFunction: bayesian-personalized-ranking, numberOfSamples: 5 }]";

        Assert.Contains(
            "numberOfSamples: has an effect only where lossFunction is square-loss-regression; here it is "
            + "bayesian-personalized-ranking",
            Text.Refusal(Text.With(learners, "{ maximize: ndcg@10 }", task: "top-n")));
    }

    [TestMethod]
    [DataRow("loraRank: 4", "lora.rank")]
    [DataRow("loraAlpha: search", "lora.alpha")]
    [DataRow("loraDropout: 0.1", "lora.dropout")]
    [DataRow("adapterSize: 8", "adapter.size")]
    [DataRow("pretrainingEpochs: 2", "pretraining.epochs")]
    [DataRow("pretrainingFile: a.txt", "pretraining.file")]
    [DataRow("pretrainingLearningRate: { float: [1e-4, 1e-3] }", "pretraining.learningRate")]
    [DataRow("pretrainingMaskShare: 0.2", "pretraining.maskShare")]
    [DataRow("wholeWordMasking: true", "pretraining.wholeWordMasking")]
    [DataRow("adversary: pgd", "adversary.kind")]
    [DataRow("adversary: { choice: [none, pgd] }", "adversary.kind")]
    [DataRow("adversarialNorm: l-infinity", "adversary.norm")]
    [DataRow("adversarialEpsilon: 0.2", "adversary.epsilon")]
    [DataRow("adversarialSteps: 2", "adversary.steps")]
    [DataRow("adversarialStepSize: 0.2", "adversary.stepSize")]
    [DataRow("adversarialWeight: 1", "adversary.weight")]
    public void Parse_FormerName_NamesTheNewOne(string former, string name)
    {
        var (old, parts) = (former.Split(':')[0], name.Split('.'));

        Assert.AreEqual(
            $"learners.0.transformer.{old}: is now '{name}': write {parts[0]}: {{ {parts[1]}: ... }}",
            Refusal($"[transformer: {{ {former} }}]"));
    }

    [TestMethod]
    public void Parse_Override_ReachesOptionsInOthers()
    {
        var space = Text.Plan(
            Texts("[transformer]"),
            ("learners.transformer.fineTuning", "lora"),
            ("learners.transformer.lora.rank", "4"),
            ("learners.transformer.adversary", "{ kind: pgd, steps: 2 }")).Learners;

        Assert.AreEqual(
            new TransformerOptions
            {
                FineTuning = FineTuning.Lora,
                Lora = new LoraOptions { Rank = 4 },
                Adversary = new AdversaryOptions { Kind = AdversaryKind.Pgd, Steps = 2 },
            },
            space.OptionsAt(ParameterSet.Empty));
        Assert.AreEqual(
            "fineTuning=lora, lora.rank=4, adversary.kind=pgd, adversary.steps=2",
            space.ParametersAt(ParameterSet.Empty).ToString());
    }

    [TestMethod]
    public void OptionsAt_TwoCalls_ShareNoRecordOfOptions()
    {
        var space = Space("[transformer: { fineTuning: lora, lora: { rank: 4 } }]");
        var (first, second) = (space.OptionsAt(ParameterSet.Empty), space.OptionsAt(ParameterSet.Empty));

        Assert.AreNotSame(((TransformerOptions)first).Lora, ((TransformerOptions)second).Lora);
        Assert.AreEqual(8, new TransformerOptions().Lora.Rank);
    }

    private static string Texts(string learners) => Text.With(
        learners, "{ maximize: accuracy }", "{ source: womens-clothing-reviews }", "text-classification");

    private static LearnerSpace Space(string learners) => Text.Plan(Texts(learners)).Learners;

    private static LearnerSpace Space(string learners, string task, string objective) =>
        Text.Plan(Text.With(learners, objective, task: task)).Learners;

    private static ParameterSet Set(LearnerSpace space, params (string Name, ParameterValue Value)[] values) =>
        space.Space.CreateSet(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    private static string Refusal(string learners) => Text.Refusal(Texts(learners)).Split(' ', 2)[1];
}
