using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Options of <see cref="EnsembleLearner"/>.</summary>
public sealed record EnsembleOptions : LearnerOptions
{
    /// <summary>What is blended: predicted ratings, or each user's ranking of the items.</summary>
    /// <value>Automatic</value>
    public EnsembleBlend Blend { get; init; } = EnsembleBlend.Automatic;

    /// <summary>Share of each user's training rows on which the weights are fitted. The members are then fitted again
    /// on all rows.</summary>
    /// <value>0.1</value>
    [Range(0.01, 0.5)]
    [SearchRange(0.05, 0.2)]
    public double HoldOut { get; init; } = 0.1;

    /// <summary>How the scores of different members are made alike within a user. Rankings only.</summary>
    /// <value>StandardScore</value>
    [Unless(nameof(Blend), EnsembleBlend.Ratings)]
    public ScoreNormalization Normalization { get; init; } = ScoreNormalization.StandardScore;

    /// <summary>Length of the lists whose NDCG the weights maximize. Rankings only.</summary>
    /// <value>10</value>
    [Unless(nameof(Blend), EnsembleBlend.Ratings)]
    [Range(1, 1000)]
    public int ListLength { get; init; } = 10;

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label. Ratings
    /// only.</summary>
    /// <value>true</value>
    [Unless(nameof(Blend), EnsembleBlend.Rankings)]
    public bool ClipToLabelRange { get; init; } = true;

    /// <summary>Whether models fitted with these options predict what the task asks for: a blend of rankings predicts
    /// no ratings.</summary>
    public override bool Serves(TaskKind task) => task == TaskKind.TopN || Blend != EnsembleBlend.Rankings;
}

/// <summary>What an ensemble blends.</summary>
public enum EnsembleBlend
{
    /// <summary>Ratings where every member predicts ratings, otherwise rankings.</summary>
    Automatic,

    /// <summary>Predicted ratings, with weights of least squared error.</summary>
    Ratings,

    /// <summary>Scores of all items for each user, with weights of largest NDCG.</summary>
    Rankings,
}

/// <summary>How scores of different models are made alike within one user.</summary>
public enum ScoreNormalization
{
    /// <summary>Less their mean over the catalogue, divided by their standard deviation.</summary>
    StandardScore,

    /// <summary>One over 60 plus the rank in the catalogue (reciprocal rank fusion).</summary>
    ReciprocalRank,
}
