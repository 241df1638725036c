using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Data.Simulation;

/// <summary>A simulated marketplace: its size, and knobs of bias of which each is 0 where there is no such
/// bias.</summary>
/// <remarks>
/// <para>Knobs that concern users act by their disadvantage d: 1 for women, <see cref="AgeStrength"/> for men of the
/// age band 50+, and 0 for everybody else.</para>
/// <para>The same seed makes the same world whatever the knobs: turning one changes what it biases and leaves tastes,
/// noise and texts otherwise as they were, as far as that can be.</para>
/// <para>Formulas are in the remarks of <see cref="MarketplaceSimulator"/>.</para>
/// </remarks>
public sealed record SimulatorOptions : IOptionsRecord
{
    /// <summary>Number of users.</summary>
    /// <value>1000</value>
    [Range(1, 10_000_000)]
    public int Users { get; init; } = 1_000;

    /// <summary>Number of items.</summary>
    /// <value>500</value>
    [Range(1, 10_000_000)]
    public int Items { get; init; } = 500;

    /// <summary>Number of rows: items that a user tried, rated and reviewed. At most one for each user and
    /// item.</summary>
    /// <value>40000</value>
    [Range(1, 2_000_000_000)]
    public int Interactions { get; init; } = 40_000;

    /// <summary>The column to predict.</summary>
    /// <value>rating</value>
    public SimulatorLabel Label { get; init; } = SimulatorLabel.Rating;

    /// <summary>Whether reviews are written. Without them the other columns are the same, and made much
    /// faster.</summary>
    /// <value>true</value>
    public bool Texts { get; init; } = true;

    /// <summary>Number of latent factors behind the tastes.</summary>
    /// <value>4</value>
    [Range(1, 64)]
    public int Rank { get; init; } = 4;

    /// <summary>Standard deviation of a rating around the user's preference, in stars, before rounding.</summary>
    /// <value>0.55</value>
    [Range(0.0, 3.0)]
    public double Noise { get; init; } = 0.55;

    /// <summary>Spread of activity between users: standard deviation of the logarithm of their number of
    /// rows.</summary>
    /// <value>0.6</value>
    [Range(0.0, 2.0)]
    public double ActivitySpread { get; init; } = 0.6;

    /// <summary>Share of women among the users; 0.5 is balance.</summary>
    /// <value>0.5</value>
    [Range(0.0, 1.0)]
    public double FemaleShare { get; init; } = 0.5;

    /// <summary>Disadvantage of men of the age band 50+, where that of women is 1; 0 lets the knobs act on women
    /// alone.</summary>
    /// <value>0.5</value>
    [Range(0.0, 1.0)]
    public double AgeStrength { get; init; } = 0.5;

    /// <summary>Knob: users of disadvantage d have 1 - this * d times the rows of others.</summary>
    /// <value>0.5</value>
    [Range(0.0, 0.95)]
    public double ActivityImbalance { get; init; } = 0.5;

    /// <summary>Knob: the mean taste of users of disadvantage d lies 2 * this * d from that of others, in standard
    /// deviations of a latent factor.</summary>
    /// <value>0.4</value>
    [Range(0.0, 1.0)]
    public double TasteDifference { get; init; } = 0.4;

    /// <summary>Knob: exponent of Zipf's law of exposure: the item of rank r is shown in proportion to
    /// r^-this.</summary>
    /// <value>0.5</value>
    [Range(0.0, 2.0)]
    public double PopularityBias { get; init; } = 0.5;

    /// <summary>Knob: how much each rating adds to the exposure of its item; at 1, twenty times its fair weight by the
    /// end.</summary>
    /// <value>0.1</value>
    [Range(0.0, 1.0)]
    public double ExposureFeedback { get; init; } = 0.1;

    /// <summary>Knob: items of small providers are shown 1 - this times as often as those of large ones.</summary>
    /// <value>0.3</value>
    [Range(0.0, 0.95)]
    public double ProviderBias { get; init; } = 0.3;

    /// <summary>Knob: ratings by users of disadvantage d are this * d stars below their preference.</summary>
    /// <value>0</value>
    [Range(0.0, 2.0)]
    public double LabelShift { get; init; }

    /// <summary>Knob: noise in ratings by users of disadvantage d has 1 + 2 * this * d times the standard
    /// deviation.</summary>
    /// <value>0.2</value>
    [Range(0.0, 1.0)]
    public double LabelNoise { get; init; } = 0.2;

    /// <summary>Knob: users rate what they like. An item of preference z standard deviations above the mean is rated
    /// with probability exp(2 * this * (min(z, 1) - 1)) when it is shown.</summary>
    /// <value>0.2</value>
    [Range(0.0, 1.0)]
    public double SelectionBias { get; init; } = 0.2;

    /// <summary>Knob: this * d is the share of opinions that authors of disadvantage d word by denying the opposite,
    /// such as "not bad" for "good".</summary>
    /// <value>0.3</value>
    [Range(0.0, 1.0)]
    public double StyleDifference { get; init; } = 0.3;

    /// <summary>The same marketplace with every knob at 0.</summary>
    public SimulatorOptions WithoutBias() => this with
    {
        FemaleShare = 0.5,
        ActivityImbalance = 0,
        TasteDifference = 0,
        PopularityBias = 0,
        ExposureFeedback = 0,
        ProviderBias = 0,
        LabelShift = 0,
        LabelNoise = 0,
        SelectionBias = 0,
        StyleDifference = 0,
    };

    /// <summary>Says what is wrong with the values, or does nothing.</summary>
    /// <exception cref="InputException">A value is outside its range, or there are more rows than pairs of user and
    /// item. The message holds one line for each problem.</exception>
    public void Check() => OptionsValidator.Check(this, "simulator");

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions()
    {
        if (Interactions > (long)Users * Items)
        {
            yield return new OptionProblem(
                "interactions",
                $"{Interactions} rows do not fit, as each of {Users} users rates each of {Items} items at most once; "
                + $"at most {(long)Users * Items}.");
        }
    }
}
