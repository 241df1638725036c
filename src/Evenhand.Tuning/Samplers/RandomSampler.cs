using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>Draws every active parameter independently and uniformly, on its scale.</summary>
/// <remarks>Bergstra and Bengio 2012, Random search for hyper-parameter optimization.</remarks>
public sealed class RandomSampler : Sampler
{
    /// <summary>What a registry knows of it.</summary>
    public static StudyPartDescriptor<Sampler> Descriptor { get; } = StudyPartDescriptor<Sampler>.Of(
        "random", "Draws every option independently, whatever came out before.", () => new RandomSampler());

    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override ParameterSet Propose(ProposalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Draw(context.Space, context.Random);
    }

    internal static ParameterSet Draw(SearchSpace space, Random random)
    {
        var builder = new ParameterSetBuilder(space);
        Fill(builder, space, random);
        return builder.ToSet();
    }

    /// <summary>Gives random values to the active parameters.</summary>
    internal static void Fill(ParameterSetBuilder builder, SearchSpace space, Random random)
    {
        for (var index = 0; index < space.Parameters.Count; index++)
        {
            if (builder.IsActive(index))
            {
                builder.Set(index, space.Parameters[index].Domain.FromUnit(random.NextDouble()));
            }
        }
    }
}
