using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Files;
using Evenhand.Metrics.Catalogue;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Studies;

namespace Evenhand.Experiments.Plans;

/// <summary>What an experiment means: what its names stand for, what to search, what to measure, what counts as good.
/// Immutable; needs no data.</summary>
public sealed class ExperimentPlan
{
    /// <summary>The plan of an experiment that was checked.</summary>
    internal ExperimentPlan(
        Experiment experiment,
        ExperimentFile file,
        DataSource source,
        Registry registry,
        IReadOnlyList<ExtensionRecord> extensions)
    {
        (Experiment, File, Source, Registry, Extensions) = (experiment, file, source, registry, extensions);
        Learners = new LearnerSpace(experiment.Learners, experiment.Mitigation, file.Resolve);
        var metrics = MetricCatalogue.Of(registry);
        (Objective, ObjectiveFacts) = ObjectivePlanner.Plan(experiment, metrics);
        Evaluation = EvaluationPlanner.Plan(experiment, metrics, ObjectiveFacts);
        ReportEvaluation = Evaluation.ForReports(
            [.. Objective.Measures, ObjectiveFacts.Accuracy, .. ObjectiveFacts.Fairness]);
        Protocol = ProtocolPlanner.Plan(experiment, Evaluation);
        Budget = new StudyBudget
        {
            Trials = experiment.Budget.TrialLimit,
            Time = experiment.Budget.Time,
            Jobs = experiment.Budget.Jobs,
        };
    }

    /// <summary>What the file says.</summary>
    public Experiment Experiment { get; }

    /// <summary>The file; what the experiment names by relative paths is found from there.</summary>
    public ExperimentFile File { get; }

    /// <summary>Where the data comes from.</summary>
    public DataSource Source { get; }

    /// <summary>What the names in the experiment stand for, those of its extensions among them.</summary>
    public Registry Registry { get; }

    /// <summary>What is known of the extensions that the experiment names, in their order.</summary>
    public IReadOnlyList<ExtensionRecord> Extensions { get; }

    /// <summary>The search space of the learners and mitigations, and the way from its points to learners.</summary>
    public LearnerSpace Learners { get; }

    /// <summary>What makes a trial better than another.</summary>
    public Objective Objective { get; }

    /// <summary>The objective in parts and in words.</summary>
    public ObjectiveFacts ObjectiveFacts { get; }

    /// <summary>What is measured of every model.</summary>
    public EvaluationPlan Evaluation { get; }

    /// <summary>What is measured of the models that running fits report: what the objective reads, without
    /// bounds.</summary>
    internal EvaluationPlan ReportEvaluation { get; }

    /// <summary>How long the study runs.</summary>
    public StudyBudget Budget { get; }

    /// <summary>How figures are measured, by name of the part.</summary>
    public IReadOnlyDictionary<string, string> Protocol { get; }

    /// <summary>The plan of an experiment file. Everything is checked that can be known before data is read, the files
    /// that it names among them.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="registry">What the names in the file stand for.</param>
    /// <param name="overrides">Values put in the place of the file's, as in
    /// <see cref="ExperimentFile.Overrides"/>.</param>
    /// <param name="dataRoot">The folder of the data sets, or null for the usual ones.</param>
    /// <exception cref="InputException">The file cannot be read, or something in it is wrong: one line for each
    /// problem, with place and nearest valid name.</exception>
    public static ExperimentPlan Load(
        string path,
        Registry registry,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null,
        string? dataRoot = null)
    {
        var plan = Parse(ExperimentFile.Read(path, overrides), registry);
        Evenhand.Experiments.Checks.ExperimentChecks.CheckFiles(plan.Experiment, plan.File, plan.Source, plan.Registry, dataRoot);
        return plan;
    }

    /// <summary>The plan of an experiment whose text is known; other files that it names are not looked at.</summary>
    /// <remarks>What was once loaded parses again to the same plan, even where its data is gone.</remarks>
    /// <param name="file">The text.</param>
    /// <param name="registry">What the names in it stand for.</param>
    /// <param name="extensions">Whether assemblies that it names are loaded; null: as by <see cref="Load"/>.</param>
    /// <exception cref="InputException">Something in it is wrong: one line for each problem.</exception>
    public static ExperimentPlan Parse(ExperimentFile file, Registry registry, ExtensionSource? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(registry);
        return ExperimentBinder.Bind(file, registry, extensions ?? ExtensionSource.Named);
    }

    /// <summary>The plan of a stored study; its experiment file and its data may be gone, and without
    /// <paramref name="extensions"/> no assembly is loaded.</summary>
    /// <param name="definition">What the study was made from.</param>
    /// <param name="registry">What the names in its file stand for.</param>
    /// <param name="overrides">Further values put in the place of the file's, such as a larger budget.</param>
    /// <param name="extensions">Whether assemblies of extensions are loaded; null: none is.</param>
    public static ExperimentPlan Of(
        StudyDefinition definition,
        Registry registry,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null,
        ExtensionSource? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Parse(
            new ExperimentFile(definition.File, definition.Text, [.. definition.Overrides, .. overrides ?? []])
            {
                IsFormer = !definition.Conditions,
            },
            registry,
            extensions ?? ExtensionSource.Unloaded(definition.Extensions));
    }

    /// <summary>What a new study of this plan keeps of it.</summary>
    public StudyDefinition Define(DatasetFacts dataset) => new()
    {
        File = Path.GetFullPath(File.Path),
        Text = File.Text,
        Overrides = File.Overrides,
        Dataset = dataset,
        Version = ProtocolPlanner.Version,
        Conditions = true,
        Extensions = Extensions,
    };
}
