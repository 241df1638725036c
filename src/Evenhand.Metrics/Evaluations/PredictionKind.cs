namespace Evenhand.Metrics.Evaluations;

/// <summary>What is predicted, and so which metrics fit.</summary>
public enum PredictionKind
{
    /// <summary>Real numbers such as ratings or amounts: <see cref="RatingEvaluation"/>.</summary>
    Rating,

    /// <summary>Decisions for or against, with or without scores: <see cref="ClassificationEvaluation"/>.</summary>
    Classification,

    /// <summary>Ranked lists of items: <see cref="RankingEvaluation"/>.</summary>
    Ranking,

    /// <summary>One class of several: <see cref="MulticlassEvaluation"/>.</summary>
    Multiclass,

    /// <summary>Any number of labels: <see cref="MultiLabelEvaluation"/>.</summary>
    MultiLabel,
}
