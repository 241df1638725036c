using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Post.Calibrated;

/// <summary>Options of <see cref="Calibrated"/>.</summary>
public sealed record CalibratedOptions : RerankingOptions
{
    /// <summary>How much of the user's own distribution is mixed into that of the list, which keeps the divergence
    /// finite where the list lacks a group (alpha of the paper).</summary>
    /// <value>0.01</value>
    [Range(0.0001, 0.5)]
    public double Smoothing { get; init; } = 0.01;

    /// <summary>Weight of the divergence, against relevance (lambda of the paper). At 0 lists stay as they are, at 1
    /// they follow the user's distribution alone.</summary>
    /// <value>0.5</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 0.99)]
    public double Strength { get; init; } = 0.5;
}
