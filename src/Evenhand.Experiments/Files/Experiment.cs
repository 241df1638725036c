using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;

namespace Evenhand.Experiments.Files;

/// <summary>An experiment: which data, which learners with which options to search, and what counts as good.</summary>
/// <remarks>
/// What a YAML file says (<see cref="ExperimentFile"/>), and nothing else. The keys of the file, their documentation,
/// the schema for editors and the checks all come from this record and the records in it.
/// </remarks>
public sealed record Experiment
{
    /// <summary>Bytes that the name of a study may have: a file system allows 255 for the name of its folder, and a
    /// number may follow.</summary>
    internal const int LongestName = 200;

    /// <summary>Name of the experiment: small letters, digits and hyphens. Studies are named after it.</summary>
    [RegularExpression(
        "[a-z0-9]+(-[a-z0-9]+)*",
        ErrorMessage = "must consist of small letters, digits and single hyphens between them, such as fair-ratings")]
    public required string Name { get; init; }

    /// <summary>What the experiment is for; free text.</summary>
    /// <value>none</value>
    public string? Description { get; init; }

    /// <summary>What is predicted.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>What the task is made of.</summary>
    internal PredictionTask PredictionTask => PredictionTasks.Of(Task);

    /// <summary>The task as files name it, such as <c>rating-prediction</c>.</summary>
    public string TaskName => PredictionTask.Name;

    /// <summary>Whether lists of items are predicted.</summary>
    public bool Ranks => PredictionTask.Target.IsRanking;

    /// <summary>Seed of everything random: the split, the tuner, the learners, the bounds. The same seed gives the same
    /// result.</summary>
    /// <value>0</value>
    public long Seed { get; init; }

    /// <summary>The data and the groups by which fairness is measured.</summary>
    public required DataSection Data { get; init; }

    /// <summary>How the data is split into train, validation and test parts.</summary>
    /// <value>random, 80 % / 10 % / 10 %</value>
    public SplitOptions Split { get; init; } = new();

    /// <summary>The learners to try, each with options that are fixed or searched.</summary>
    [MinLength(1)]
    public required IReadOnlyList<LearnerEntry> Learners { get; init; }

    /// <summary>Means against unfairness that the tuner may use.</summary>
    /// <value>none</value>
    public MitigationSection Mitigation { get; init; } = new();

    /// <summary>What the tuner optimizes and the leaderboard ranks by.</summary>
    public required ObjectiveSection Objective { get; init; }

    /// <summary>How the tuner chooses the options of the next trial.</summary>
    /// <value>tpe</value>
    public SamplerEntry Sampler { get; init; } = SamplerEntry.Default;

    /// <summary>What ends trials early whose figures on the validation part, measured after each iteration of the fit,
    /// promise too little.</summary>
    /// <value>none</value>
    public PrunerEntry? Pruner { get; init; }

    /// <summary>Whether trials keep learning curves: what the objective reads, measured on the validation part after
    /// each iteration of the fit, and the training loss. A pruner keeps them, too.</summary>
    /// <value>false</value>
    public bool Curves { get; init; }

    /// <summary>How long the study runs.</summary>
    /// <value>50 trials</value>
    public BudgetSection Budget { get; init; } = new();

    /// <summary>What is measured of every model, and with which bounds.</summary>
    /// <value>the usual metrics of the task</value>
    public EvaluationSection Evaluation { get; init; } = new();

    /// <summary>Assemblies (<c>./MyLearners.dll</c>) with learners, mitigations, metrics, samplers and table formats of
    /// your own, relative to the experiment file.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Where the experiment starts in its file.</summary>
    public YamlPlace Place { get; init; }
}
