namespace Evenhand.Tuning;

/// <summary>Keeps studies and their finished trials: plain records in and out, no algorithm.</summary>
/// <remarks>All members may be called from several threads at once. What <see cref="AppendTrial"/> was given is safe
/// when it returns, as safe as the storage can make it.</remarks>
public abstract class StudyStorage : IDisposable
{
    /// <summary>Adds a study without trials.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="StorageException">There is a study of this name, or the storage fails.</exception>
    public abstract void CreateStudy(StudyRecord study);

    /// <summary>The study of a name, or null.</summary>
    /// <param name="name">Name of a study; upper and lower case differ.</param>
    /// <exception cref="StorageException">The storage fails.</exception>
    public abstract StudyRecord? FindStudy(string name);

    /// <summary>All studies in the order of their creation.</summary>
    /// <exception cref="StorageException">The storage fails.</exception>
    public abstract IReadOnlyList<StudyRecord> ListStudies();

    /// <summary>Removes a study and its trials.</summary>
    /// <param name="name">Name of a study.</param>
    /// <returns>Whether there was such a study.</returns>
    /// <exception cref="StorageException">The storage fails.</exception>
    public abstract bool DeleteStudy(string name);

    /// <summary>Adds a finished trial; it is durable on return.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="trial">The trial.</param>
    /// <exception cref="StorageException">There is no such study, its trial of this number is stored already, or the
    /// storage fails.</exception>
    public abstract void AppendTrial(string study, FinishedTrial trial);

    /// <summary>The finished trials in the order of their numbers: one consistent state of the study, whatever is
    /// appended meanwhile.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="payloads">Whether to read <see cref="FinishedTrial.Payload"/>; otherwise it is null.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true);

    /// <summary>The finished trial of a number, payload included; null when it has not finished.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="number">Number of the trial.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract FinishedTrial? ReadTrial(string study, int number);

    /// <summary>How many trials have finished, failed ones included.</summary>
    /// <param name="study">Name of a study.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract int CountTrials(string study);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the storage holds.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
