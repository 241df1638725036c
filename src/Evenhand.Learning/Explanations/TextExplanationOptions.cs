using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Explanations;

/// <summary>How texts are explained.</summary>
public sealed record TextExplanationOptions : OptionsRecord
{
    /// <summary>The method.</summary>
    /// <value>Auto</value>
    public ExplanationMethod Method { get; init; }

    /// <summary>The class whose prediction is explained.</summary>
    /// <value>none: class 1 of two, the predicted one of several, the most probable label</value>
    public string? Class { get; init; }

    /// <summary>Texts with tokens left out on which LIME fits its local model, the whole text among them.</summary>
    /// <value>5000</value>
    [Range(2, 1_000_000)]
    public int NumberOfSamples { get; init; } = 5000;

    /// <summary>Tokens that LIME's local model uses, the heaviest of a first fit with all; 0 for all.</summary>
    /// <value>0</value>
    [Range(0, 1_000_000)]
    public int NumberOfFeatures { get; init; }

    /// <summary>Width of LIME's kernel: a sample at the cosine distance d of the whole text weighs
    /// exp(-(100 d / width)^2 / 2).</summary>
    /// <value>25</value>
    [Range(0.001, 1e6)]
    public double KernelWidth { get; init; } = 25;

    /// <summary>Factor of the squared length of LIME's coefficients in the loss.</summary>
    /// <value>1</value>
    [Range(1e-6, 1e6)]
    public double L2Regularization { get; init; } = 1;

    /// <summary>Points on the line along which gradients are summed up.</summary>
    /// <value>50</value>
    [Range(1, 10_000)]
    public int NumberOfSteps { get; init; } = 50;

    /// <summary>Seed of LIME's samples; the same seed gives the same explanation.</summary>
    /// <value>0</value>
    public int Seed { get; init; }
}
