using Evenhand.Configuration;

namespace Evenhand.Experiments.Files;

/// <summary>An entry of an experiment file that is a name, or one name with its options.</summary>
public interface INamedEntry
{
    /// <summary>What may be named, in the order in which it is told.</summary>
    /// <param name="registry">What names in files stand for.</param>
    static abstract IEnumerable<NamedChoice> Choices(Registry registry);
}
