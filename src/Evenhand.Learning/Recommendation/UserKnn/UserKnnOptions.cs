using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning.Recommendation.Similarity;

namespace Evenhand.Learning.Recommendation.UserKnn;

/// <summary>Options of <see cref="UserKnnLearner"/>.</summary>
public sealed record UserKnnOptions : LearnerOptions
{
    /// <summary>Whether rows are ratings, which are predicted, or choices, by which items are ranked.</summary>
    /// <value>Implicit</value>
    public FeedbackKind Feedback { get; init; } = FeedbackKind.Implicit;

    /// <summary>How many users, the most similar among those who rated or chose the item, take part in a
    /// prediction.</summary>
    /// <value>50</value>
    [Range(1, 1_000_000)]
    [SearchRange(10, 200, Log = true)]
    public int NumberOfNeighbours { get; init; } = 50;

    /// <summary>How many of the users of an item have to be neighbours; with fewer, ratings fall back to the biases and
    /// scores to 0.</summary>
    /// <value>1</value>
    [Range(1, 1000)]
    public int MinimumNeighbours { get; init; } = 1;

    /// <summary>Users less similar than this are no neighbours; nor are those of similarity 0 or less.</summary>
    /// <value>0.000001</value>
    [Range(0.0, 1.0)]
    public double MinimumSimilarity { get; init; } = 1e-6;

    /// <summary>At how many common items the similarity of two users is half their cosine.</summary>
    /// <value>10</value>
    [Range(0.0, 1e6)]
    [SearchRange(1, 100, Log = true)]
    public double Shrinkage { get; init; } = 10;

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    [When(nameof(Feedback), FeedbackKind.Explicit)]
    public bool ClipToLabelRange { get; init; } = true;

    /// <summary>Whether models fitted with these options predict what the task asks for: from choices no ratings are
    /// predicted.</summary>
    public override bool Serves(TaskKind task) => task == TaskKind.TopN || Feedback == FeedbackKind.Explicit;
}
