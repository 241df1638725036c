namespace Evenhand.Learning.Mitigations.Post;

/// <summary>What a registry knows of a mitigation that re-ranks lists: also how its fitted re-ranker is read
/// again.</summary>
public sealed class RerankingDescriptor : MitigationDescriptor
{
    private RerankingDescriptor(
        string name,
        string summary,
        Type optionsType,
        IReadOnlyList<TaskKind> tasks,
        Func<MitigationOptions, Mitigation> create,
        Func<MitigationOptions> defaults,
        Func<ModelReader, Reranker> read)
        : base(name, summary, MitigationStage.Post, optionsType, tasks, create, defaults) => Read = read;

    /// <summary>Reads a fitted re-ranker from what it wrote.</summary>
    public Func<ModelReader, Reranker> Read { get; }

    /// <summary>Describes a mitigation that re-ranks lists.</summary>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">Name in experiment files, in kebab-case.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="tasks">The tasks it can be used for.</param>
    /// <param name="create">Makes the mitigation from its options.</param>
    /// <param name="read">Reads a fitted re-ranker from what it wrote.</param>
    public static RerankingDescriptor Of<TOptions>(
        string name,
        string summary,
        IReadOnlyList<TaskKind> tasks,
        Func<TOptions, Mitigation> create,
        Func<ModelReader, Reranker> read)
        where TOptions : MitigationOptions, new() =>
        new(name, summary, typeof(TOptions), tasks, options => create((TOptions)options), () => new TOptions(), read);
}
