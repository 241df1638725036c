namespace Evenhand.Configuration;

/// <summary>Something that a <see cref="Registry"/> holds and that users name: a learner, a metric, a
/// sampler.</summary>
public interface IRegistryEntry
{
    /// <summary>What entries of this kind are called, such as <c>learner</c>.</summary>
    static abstract string Kind { get; }

    /// <summary>Name that users type; no other entry of the kind has it.</summary>
    string Name { get; }
}
