namespace Evenhand.Experiments.Files;

/// <summary>What a text of an experiment file names.</summary>
public enum NameKind
{
    /// <summary>A metric of all rows.</summary>
    Metric,

    /// <summary>A fairness metric, which compares groups.</summary>
    FairnessMetric,

    /// <summary>A metric of all rows or a fairness metric.</summary>
    AnyMetric,

    /// <summary>A lexicon of identity terms, or the path of one.</summary>
    Lexicon,

    /// <summary>A set of the catalogue, the simulator, or the path of a descriptor.</summary>
    DataSet,
}
