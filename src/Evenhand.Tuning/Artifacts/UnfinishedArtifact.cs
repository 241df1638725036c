namespace Evenhand.Tuning.Artifacts;

/// <summary>What there is of an artifact that is not whole.</summary>
/// <param name="Name">The artifact that was to be.</param>
/// <param name="Part">Name of what is there, which <see cref="IArtifactStore.Delete"/> takes.</param>
/// <param name="Written">When it was last written to (UTC).</param>
public sealed record UnfinishedArtifact(string Name, string Part, DateTime Written);
