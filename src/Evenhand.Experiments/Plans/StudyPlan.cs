using System.Globalization;
using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Files;
using Evenhand.Learning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Studies;

namespace Evenhand.Experiments.Plans;

/// <summary>An experiment made ready: what to search, what to measure, what counts as good. Needs no data.</summary>
public sealed class StudyPlan
{
    private StudyPlan(Experiment experiment)
    {
        Experiment = experiment;
        TaskName = YamlNames.Value(experiment.Task);
        (Objective, ObjectiveFacts) = ObjectivePlanner.Plan(experiment);
        Evaluation = EvaluationPlanner.Plan(experiment, ObjectiveFacts);
        ReportEvaluation = Evaluation.ForReports(
            [.. Objective.Measures, ObjectiveFacts.Accuracy, .. ObjectiveFacts.Fairness]);
        Protocol = Describe(experiment, Evaluation);
        Budget = new StudyBudget
        {
            Trials = experiment.Budget.TrialLimit,
            Time = experiment.Budget.Time,
            Jobs = experiment.Budget.Jobs,
        };
    }

    /// <summary>The experiment.</summary>
    public Experiment Experiment { get; }

    /// <summary>The task, such as <c>rating-prediction</c>.</summary>
    public string TaskName { get; }

    /// <summary>Whether lists of items are predicted.</summary>
    public bool Ranks => Experiment.PredictionTask.Target.IsRanking;

    /// <summary>The search space of the learners.</summary>
    public SearchSpace Space => Experiment.Space.Space;

    /// <summary>What makes a trial better than another.</summary>
    public Objective Objective { get; }

    /// <summary>The objective in parts and in words.</summary>
    public ObjectiveFacts ObjectiveFacts { get; }

    /// <summary>The limits that a feasible trial keeps; empty where the objective has none.</summary>
    public IReadOnlyList<MeasureLimit> Limits => Objective switch
    {
        ConstrainedObjective constrained => constrained.Limits,
        ParetoObjective pareto => pareto.Limits,
        _ => [],
    };

    /// <summary>What is measured of every model.</summary>
    public EvaluationPlan Evaluation { get; }

    /// <summary>What is measured of the models that running fits report: what the objective reads, without
    /// bounds.</summary>
    internal EvaluationPlan ReportEvaluation { get; }

    /// <summary>Whether running fits report at all: where a pruner or curves are asked for.</summary>
    public bool ReportsFits => Experiment.Curves || Experiment.Pruner is not null;

    /// <summary>How long the study runs.</summary>
    public StudyBudget Budget { get; }

    /// <summary>How many trials are evaluated on the test part.</summary>
    public int FinalistCount => Experiment.Evaluation.Finalists;

    /// <summary>How figures are measured, by name of the part.</summary>
    public IReadOnlyDictionary<string, string> Protocol { get; }

    /// <summary>The plan of an experiment file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="registry">What the names in the file stand for.</param>
    /// <param name="overrides">Values put in the place of the file's.</param>
    /// <param name="dataRoot">The folder of the data sets, or null for the usual ones.</param>
    /// <exception cref="InputException">The file cannot be read, or something in it is wrong.</exception>
    public static StudyPlan Load(
        string path, Registry registry, IReadOnlyList<KeyValuePair<string, string>> overrides, string? dataRoot) =>
        new(ExperimentFile.Load(path, registry, overrides, dataRoot));

    /// <summary>The plan of a stored study; its experiment file and its data may be gone, and without
    /// <paramref name="extensions"/> no assembly is loaded.</summary>
    /// <param name="definition">What the study was made from.</param>
    /// <param name="registry">What the names in its file stand for.</param>
    /// <param name="overrides">Further values put in the place of the file's, such as a larger budget.</param>
    /// <param name="extensions">Whether assemblies of extensions are loaded; null: none is.</param>
    public static StudyPlan Of(
        StudyDefinition definition,
        Registry registry,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null,
        ExtensionSource? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new StudyPlan(ExperimentFile.Parse(
            definition.File,
            definition.Text,
            registry,
            [.. definition.Overrides, .. overrides ?? []],
            extensions ?? ExtensionSource.Unloaded(definition.Extensions),
            isFormer: !definition.Conditions));
    }

    /// <summary>What a new study of this plan keeps of it.</summary>
    public StudyDefinition Define(DatasetFacts dataset) => new()
    {
        File = Path.GetFullPath(Experiment.File),
        Text = Experiment.Text,
        Overrides = Experiment.Overrides,
        Dataset = dataset,
        Version = Protocol["version"],
        Conditions = true,
        Extensions = Experiment.ExtensionRecords,
    };

    /// <summary>A sampler as the experiment asks for.</summary>
    public Sampler CreateSampler() => Experiment.Sampler.Create();

    /// <summary>A pruner as the experiment asks for; null where it asks for none.</summary>
    public Pruner? CreatePruner() => Experiment.Pruner?.Create();

    /// <summary>The learner at a point of the space.</summary>
    public Learner CreateLearner(ParameterSet parameters) => Experiment.Space.CreateLearner(parameters);

    /// <summary>Name of the learner at a point of the space.</summary>
    public string LearnerOf(ParameterSet parameters) => Experiment.Space.LearnerAt(parameters).Name;

    /// <summary>The options at a point that the file names, under their own names.</summary>
    public IReadOnlyDictionary<string, ParameterValue> LearnerParameters(ParameterSet parameters) =>
        Experiment.Space.ParametersAt(parameters);

    /// <summary>The group attributes that the model at a point needs to know when it is in use.</summary>
    public IReadOnlyList<string> ServingAttributes(ParameterSet parameters) =>
        Experiment.Space.ServingAttributesAt(parameters);

    private static Dictionary<string, string> Describe(Experiment experiment, EvaluationPlan plan)
    {
        var evaluation = experiment.Evaluation;
        var protocol = new Dictionary<string, string>
        {
            ["version"] = typeof(StudyPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0],
            ["seed"] = experiment.Seed.ToString(CultureInfo.InvariantCulture),
            ["split"] = SplitDescription.Of(experiment.Split),
            ["bounds"] = evaluation.BootstrapSamples == 0 ? "none" : string.Create(
                CultureInfo.InvariantCulture,
                $"{evaluation.Confidence:0.### %}, "
                + $"{evaluation.BootstrapSamples} bootstrap resamples of {Units(experiment)}"),
            ["minimumGroupSize"] = evaluation.MinimumGroupSize.ToString(CultureInfo.InvariantCulture),
            ["sampler"] = experiment.Sampler.Name,
        };
        if (experiment.Pruner is { } pruner)
        {
            protocol["pruner"] = pruner.Name;
        }

        foreach (var (key, value) in experiment.PredictionTask.Target.Protocol(plan))
        {
            protocol[key] = value;
        }

        return protocol;
    }

    private static string Units(Experiment experiment) =>
        experiment.PredictionTask.Target.IsRanking || experiment.Evaluation.Units == ResamplingUnit.User ? "users" : "rows";
}
