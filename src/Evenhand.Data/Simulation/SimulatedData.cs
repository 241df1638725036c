using Evenhand.Configuration.Randomness;

namespace Evenhand.Data.Simulation;

/// <summary>The simulated marketplace as one of the data sets: what it is, for people.</summary>
public static class SimulatedData
{
    /// <summary>The name by which experiments ask for it.</summary>
    public const string Name = "simulator";

    /// <summary>Title for reports.</summary>
    public const string Title = "Simulated marketplace";

    /// <summary>What the data are.</summary>
    public const string Description =
        "Users try items that they are shown, rate and review them; biases of exposure, selection, activity, taste, "
        + "labels and words are options of the simulator (docs/simulator.md), here at their defaults.";

    /// <summary>The rows of <c>source: simulator</c> in an experiment with that seed.</summary>
    /// <param name="options">Size and knobs.</param>
    /// <param name="seeds">The seeds of the experiment.</param>
    /// <param name="cancellation">Polled for every user.</param>
    public static Dataset Generate(SimulatorOptions options, SeedTree seeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        return MarketplaceSimulator.Generate(options, seeds.Fork("data"), cancellation);
    }
}
