using Evenhand.Tuning.Artifacts;

namespace Evenhand.Tuning.Storage;

/// <summary>What an address leads to: the storage of the studies, and the artifacts beside their trials.</summary>
/// <param name="storage">Keeps studies and trials.</param>
/// <param name="artifacts">Keeps the rest. Those of a study have names that begin with its name and a slash.</param>
public sealed class StudyStore(StudyStorage storage, IArtifactStore artifacts) : IDisposable
{
    /// <summary>Keeps studies and trials.</summary>
    public StudyStorage Storage { get; } = storage;

    /// <summary>Keeps the rest.</summary>
    public IArtifactStore Artifacts { get; } = artifacts;

    /// <inheritdoc/>
    public void Dispose()
    {
        Storage.Dispose();
        Artifacts.Dispose();
    }
}
