using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.Bias;

/// <summary>Options of <see cref="BiasLearner"/>.</summary>
public sealed record BiasOptions : LearnerOptions
{
    /// <summary>How many ratings at the mean each user is given beforehand; draws the bias of users with few ratings
    /// to 0.</summary>
    /// <value>5</value>
    [Range(0.0, 1e6)]
    [SearchRange(0.5, 50, Log = true)]
    public double UserDamping { get; init; } = 5;

    /// <summary>How many ratings at the mean each item is given beforehand; draws the bias of items with few ratings
    /// to 0.</summary>
    /// <value>3</value>
    [Range(0.0, 1e6)]
    [SearchRange(0.5, 50, Log = true)]
    public double ItemDamping { get; init; } = 3;

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    public bool ClipToLabelRange { get; init; } = true;
}
