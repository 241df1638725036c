using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.Ease;

/// <summary>Options of <see cref="EaseLearner"/>.</summary>
public sealed record EaseOptions : LearnerOptions
{
    /// <summary>Weight of the squared item weights. Good values grow with the number of users.</summary>
    /// <value>200</value>
    [Range(1e-3, 1e9)]
    [SearchRange(20, 2000, Log = true)]
    public double Lambda { get; init; } = 200;
}
