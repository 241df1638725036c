namespace Evenhand.Experiments.Files;

/// <summary>What an <see cref="INamedEntry"/> may name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Summary">One sentence on what it does.</param>
/// <param name="OptionsType">Its options record; null where it has no options.</param>
public sealed record NamedChoice(string Name, string Summary, Type? OptionsType)
{
    /// <summary>What the reference says of it.</summary>
    /// <value>the summary</value>
    public string Text { get; init; } = Summary;

    /// <summary>Whether its options may be searched.</summary>
    /// <value>false</value>
    public bool IsSearched { get; init; }

    /// <summary>Keys beside the options, under each of which stands one entry of the same kind.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> MemberRoles { get; init; } = [];

    /// <summary>A key beside the options, under which stands a list of entries of the same kind.</summary>
    /// <value>none</value>
    public string? MembersKey { get; init; }

    /// <summary>Whether it stands for doing without, which the reference says elsewhere.</summary>
    /// <value>false</value>
    public bool IsNothing { get; init; }

    /// <summary>Whether it is made of other entries, so that its name alone does not do.</summary>
    public bool NeedsMembers => MemberRoles.Count > 0 || MembersKey is not null;
}
