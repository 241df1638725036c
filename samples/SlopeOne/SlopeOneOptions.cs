using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning;

namespace SlopeOne;

/// <summary>Options of <see cref="SlopeOneLearner"/>.</summary>
public sealed record SlopeOneOptions : LearnerOptions
{
    /// <summary>Added to the number of users whom two items share, so that differences over few users count
    /// less.</summary>
    /// <value>5</value>
    [Range(0.0, 1e6)]
    [SearchRange(0.5, 100, Log = true)]
    public double Damping { get; init; } = 5;
}
