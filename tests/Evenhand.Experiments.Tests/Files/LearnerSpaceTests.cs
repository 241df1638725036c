using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Ensemble;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.SvdPlusPlus;
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Tests.Files;

[TestClass]
public sealed class LearnerSpaceTests
{
    private const string Two = """
        [{ bias: { userDamping: { float: [1, 10] }, clipToLabelRange: { choice: [true, false] } } },
        { matrix-factorization: { approximationRank: { int: [8, 64], step: 8 }, lambda: search,
        numberOfIterations: 12 } }]
        """;

    private static LearnerSpace Space(string learners) =>
        Text.Plan(Text.With(learners: learners.ReplaceLineEndings(" "))).Learners;

    [TestMethod]
    public void Space_SeveralLearners_AreAChoiceWithConditionalOptions()
    {
        var parameters = Space(Two).Space.Parameters;

        Assert.AreEqual(
            new Parameter("learner", new CategoricalDomain(["bias", "matrix-factorization"])), parameters[0]);
        CollectionAssert.AreEqual(
            new[]
            {
                "learner", "bias.userDamping", "bias.clipToLabelRange", "matrix-factorization.approximationRank",
                "matrix-factorization.lambda",
            },
            parameters.Select(p => p.Name).ToArray());
        Assert.AreEqual(new ParameterCondition("learner", ["matrix-factorization"]), parameters[3].When);
        Assert.AreEqual(new IntDomain(8, 64) { Step = 8 }, parameters[3].Domain);
        Assert.AreEqual(new FloatDomain(0.01, 0.3) { Log = true }, parameters[4].Domain);
    }

    [TestMethod]
    public void Space_OneLearner_HasNoChoice()
    {
        var parameters = Space("[{ bias: search }]").Space.Parameters;

        CollectionAssert.AreEqual(
            new[] { "bias.userDamping", "bias.itemDamping" }, parameters.Select(p => p.Name).ToArray());
        Assert.IsTrue(parameters.All(p => p.When is null));
    }

    [TestMethod]
    public void Space_SearchOfNamesAndTruthValues_TriesAll()
    {
        var parameters = Space("[{ matrix-factorization: { biases: search, lossFunction: search } }]").Space.Parameters;

        Assert.AreEqual(
            new CategoricalDomain(["square-loss-regression", "square-loss-one-class"]), parameters[0].Domain);
        Assert.AreEqual(new CategoricalDomain([false, true]), parameters[1].Domain);
    }

    [TestMethod]
    public void OptionsAt_Point_HasSearchedFixedAndDefaultValues()
    {
        var space = Space(Two);
        var point = space.Space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["learner"] = "matrix-factorization",
            ["matrix-factorization.approximationRank"] = 24,
            ["matrix-factorization.lambda"] = 0.125,
        });

        Assert.AreEqual("matrix-factorization", space.LearnerAt(point).Name);
        Assert.AreEqual(
            new MatrixFactorizationOptions { ApproximationRank = 24, Lambda = 0.125, NumberOfIterations = 12 },
            space.OptionsAt(point));
        Assert.AreEqual(
            "approximationRank=24, lambda=0.125, numberOfIterations=12", space.ParametersAt(point).ToString());
        Assert.AreEqual(space.OptionsAt(point), space.CreateLearner(point).UntypedOptions);
    }

    [TestMethod]
    public void OptionsAt_EveryDrawnPoint_IsValid()
    {
        var space = Space("[{ bias: search }, { matrix-factorization: search }]");
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var cube = space.Space.Parameters.Select(_ => random.NextDouble()).ToArray();
            var options = space.OptionsAt(space.Space.FromUnit(cube));
            options.Validate();
            var expected = cube[0] < 0.5 ? typeof(BiasOptions) : typeof(MatrixFactorizationOptions);
            Assert.AreEqual(expected, options.GetType());
        }
    }

    [TestMethod]
    public void OptionsAt_BareLearner_HasDefaults()
    {
        var space = Space("[bias]");

        Assert.AreEqual(new BiasOptions(), space.OptionsAt(ParameterSet.Empty));
    }

    [TestMethod]
    public void OptionsAt_TwoCalls_GiveSeparateInstances()
    {
        var space = Space("[{ bias: { userDamping: 3 } }]");

        Assert.AreNotSame(space.OptionsAt(ParameterSet.Empty), space.OptionsAt(ParameterSet.Empty));
    }

    [TestMethod]
    public void Space_Mitigations_AreChoicesWithNoneAmongThem()
    {
        var space = Mitigated().Learners;

        var parameters = space.Space.Parameters;
        CollectionAssert.AreEqual(
            new[] { "pre", "reweighing.strength" }, parameters.Select(p => p.Name).ToArray());
        Assert.AreEqual(new CategoricalDomain(["none", "reweighing"]), parameters[0].Domain);
        Assert.AreEqual(new ParameterCondition("pre", ["reweighing"]), parameters[1].When);
    }

    [TestMethod]
    public void CreateLearner_Mitigation_SurroundsTheLearnerUnlessNone()
    {
        var space = Mitigated().Learners;
        var none = space.Space.CreateSet(new Dictionary<string, ParameterValue> { ["pre"] = "none" });
        var some = space.Space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["pre"] = "reweighing",
            ["reweighing.strength"] = 0.5,
        });

        Assert.IsInstanceOfType<BiasLearner>(space.CreateLearner(none));
        Assert.IsInstanceOfType<MitigatedLearner>(space.CreateLearner(some));
        Assert.AreEqual("pre=none", space.ParametersAt(none).ToString());
        Assert.AreEqual(
            "pre=reweighing, reweighing.group=gender, reweighing.strength=0.5", space.ParametersAt(some).ToString());
        Assert.IsEmpty(space.ServingAttributesAt(some));
    }

    private static ExperimentPlan Mitigated() => ExperimentPlan.Parse(new ExperimentFile("mitigated.yaml", """
        name: mitigated
        task: rating-prediction
        data: { source: ml-100k, groups: { user: [gender] } }
        learners: [bias]
        mitigation: { pre: [reweighing: { group: gender, strength: search }] }
        objective: { minimize: rmse }
        """, []), Registries.Full);

    [TestMethod]
    public void Space_MitigationsWithinLearners_AreChoicesOfThoseThatKnowThem()
    {
        var space = ExperimentPlan.Parse(new ExperimentFile("within.yaml", """
            name: within
            task: top-n
            data: { source: ml-100k, groups: { item: [genre] } }
            learners: [popularity, bpr, ials]
            mitigation:
              in:
                - exposure-regularizer: { itemGroup: genre, weight: search }
                - group-negative-sampling: { itemGroup: genre, strength: search }
            objective: { maximize: ndcg@10 }
            """, []), Registries.Full).Learners;

        CollectionAssert.AreEqual(
            new[]
            {
                "learner", "bpr.in", "bpr.group-negative-sampling.strength", "ials.in",
                "ials.exposure-regularizer.weight",
            },
            space.Space.Parameters.Select(p => p.Name).ToArray());
        Assert.AreEqual(new ParameterCondition("learner", ["bpr"]), space.Space.Parameters[1].When);
        Assert.AreEqual(
            new CategoricalDomain(["none", "group-negative-sampling"]), space.Space.Parameters[1].Domain);
        var point = space.Space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["learner"] = "bpr",
            ["bpr.in"] = "group-negative-sampling",
            ["bpr.group-negative-sampling.strength"] = 0.75,
        });
        Assert.IsInstanceOfType<MitigatedLearner>(space.CreateLearner(point));
        Assert.AreEqual(
            "in=group-negative-sampling, group-negative-sampling.itemGroup=genre, "
            + "group-negative-sampling.strength=0.75",
            space.ParametersAt(point).ToString());
    }

    [TestMethod]
    public void Space_Ensemble_HasTheOptionsOfItsMembers()
    {
        var space = Space("""
            [bias, { ensemble: { holdOut: search, members: [svd-plus-plus,
            { matrix-factorization: { lambda: search, numberOfIterations: 12 } }] } }]
            """);
        CollectionAssert.AreEqual(
            new[] { "learner", "ensemble.holdOut", "ensemble.matrix-factorization.lambda" },
            space.Space.Parameters.Select(p => p.Name).ToArray());
        Assert.AreEqual(new ParameterCondition("learner", ["ensemble"]), space.Space.Parameters[2].When);

        var point = space.Space.CreateSet(new Dictionary<string, ParameterValue>
        {
            ["learner"] = "ensemble",
            ["ensemble.holdOut"] = 0.125,
            ["ensemble.matrix-factorization.lambda"] = 0.25,
        });
        var learner = (EnsembleLearner)space.CreateLearner(point);
        Assert.AreEqual(new EnsembleOptions { HoldOut = 0.125 }, learner.Options);
        Assert.AreEqual(
            new MatrixFactorizationOptions { Lambda = 0.25, NumberOfIterations = 12 },
            learner.Members[1].UntypedOptions);
        Assert.IsInstanceOfType<SvdPlusPlusLearner>(learner.Members[0]);
        Assert.AreEqual(
            "holdOut=0.125, matrix-factorization.lambda=0.25, matrix-factorization.numberOfIterations=12",
            space.ParametersAt(point).ToString());
    }

    [TestMethod]
    public void Space_TeacherAndStudentOfOneKind_AreToldApartByTheirRoles()
    {
        var space = Text.Plan(Text.With(
            learners: "[{ distilled: { teacher: { logistic-regression: { l2Regularization: search } }, "
                + "student: { logistic-regression: { l2Regularization: 3, hashBits: 12 } } } }]",
            objective: "{ maximize: accuracy }",
            data: "{ source: womens-clothing-reviews }",
            task: "text-classification")).Learners;
        CollectionAssert.AreEqual(
            new[] { "distilled.teacher.l2Regularization" }, space.Space.Parameters.Select(p => p.Name).ToArray());

        var point = space.Space.CreateSet(
            new Dictionary<string, ParameterValue> { ["distilled.teacher.l2Regularization"] = 0.25 });
        var learner = (DistillationLearner)space.CreateLearner(point);

        Assert.AreEqual(0.25, ((LogisticRegressionOptions)learner.Teacher.UntypedOptions).L2Regularization);
        Assert.AreEqual(3, ((LogisticRegressionOptions)learner.Student.UntypedOptions).L2Regularization);
        Assert.AreEqual(
            "teacher.l2Regularization=0.25, student.l2Regularization=3, student.hashBits=12",
            space.ParametersAt(point).ToString());
    }
}
