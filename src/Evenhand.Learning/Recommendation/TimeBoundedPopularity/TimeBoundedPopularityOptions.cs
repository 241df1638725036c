using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.TimeBoundedPopularity;

/// <summary>Options of <see cref="TimeBoundedPopularityLearner"/>.</summary>
public sealed record TimeBoundedPopularityOptions : LearnerOptions
{
    /// <summary>How many days before the latest training row still count.</summary>
    /// <value>30</value>
    [Range(1e-6, 1e6)]
    [SearchRange(1, 365, Log = true)]
    public double WindowDays { get; init; } = 30;

    /// <summary>After how many days a row counts half; 0 where all rows of the window count the same.</summary>
    /// <value>0</value>
    [Range(0.0, 1e6)]
    public double HalfLifeDays { get; init; }
}
