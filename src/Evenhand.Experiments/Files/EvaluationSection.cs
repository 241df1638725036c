using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>What is drawn again and again for confidence bounds.</summary>
public enum ResamplingUnit
{
    /// <summary>Rows, as if they were independent.</summary>
    Row,

    /// <summary>Users with all their rows, because the rows of one user are alike. The data must have users.</summary>
    User,
}

/// <summary>What is measured of every model, and with which bounds.</summary>
public sealed record EvaluationSection
{
    /// <summary>
    /// Metrics to report besides those that the objective names: of all rows and of each group, or fairness metrics,
    /// which are measured over every attribute of <c>data.groups</c>.
    /// </summary>
    /// <value>
    /// rating-prediction: rmse, mae; top-n: ndcg@k, recall@k, hit-rate@k, mrr@k; text-classification: accuracy,
    /// balanced-accuracy, precision, recall, f1, roc-auc, log-loss; multiclass-text-classification: micro-accuracy,
    /// macro-accuracy, macro-f1, matthews-correlation, multiclass-log-loss, log-loss-reduction;
    /// multi-label-text-classification: subset-accuracy, hamming-loss, label-micro-f1, label-macro-f1, samples-f1,
    /// label-ranking-average-precision, multi-label-log-loss
    /// </value>
    [Names(NameKind.AnyMetric)]
    public IReadOnlyList<Located<string>>? Metrics { get; init; }

    /// <summary>Bootstrap resamples from which confidence bounds are taken; 0 for no bounds.</summary>
    /// <value>1000</value>
    [Range(0, 1_000_000)]
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>Probability with which the bounds hold the true value.</summary>
    /// <value>0.95</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Groups with fewer rows are reported and marked, and left out of differences, ratios and worst
    /// groups.</summary>
    /// <value>30</value>
    [Range(1, int.MaxValue)]
    public int MinimumGroupSize { get; init; } = 30;

    /// <summary>Length of the ranked lists of the default metrics (top-n).</summary>
    /// <value>10</value>
    [Range(1, 10_000)]
    public int K { get; init; } = 10;

    /// <summary>Held-out rows with a label of at least this count as relevant (top-n).</summary>
    /// <value>every held-out row is relevant</value>
    public double? RelevanceThreshold { get; init; }

    /// <summary>Ranks the relevant items of each user among so many others, drawn at random from those not seen,
    /// instead of the full catalogue (top-n). For comparison with figures that were measured so: they are biased, and
    /// may order models otherwise than the full catalogue does (Krichene and Rendle 2020).</summary>
    /// <value>the full catalogue</value>
    [Range(1, 1_000_000)]
    public int? SampledNegatives { get; init; }

    /// <summary>How many trials are measured on the test part at the end: the best ones and the Pareto front.</summary>
    /// <value>5</value>
    [Range(1, 1_000)]
    public int Finalists { get; init; } = 5;

    /// <summary>What is resampled for the bounds.</summary>
    /// <value>row</value>
    public ResamplingUnit Units { get; init; } = ResamplingUnit.Row;
}
