using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Storage;

/// <summary>Keeps studies, the claims on their trials, and their finished trials: plain records in and out, no
/// algorithm.</summary>
/// <remarks>
/// All members may be called from several threads at once. What <see cref="AppendTrial"/> was given is safe when it
/// returns, as safe as the storage can make it. Several objects, in one process or in several, may be open on the same
/// studies: a claim belongs to the object that made it, and is held until it is released, the trial is appended, the
/// object is disposed of, or its process ends, however it ends.
/// </remarks>
public abstract class StudyStorage : IDisposable
{
    /// <summary>Adds a study without trials.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="StorageException">There is a study of this name, or the storage fails.</exception>
    public abstract void CreateStudy(StudyRecord study);

    /// <summary>The study of a name, or null.</summary>
    /// <param name="name">Name of a study; upper and lower case differ.</param>
    /// <exception cref="StorageException">The study's record is damaged, or the storage fails.</exception>
    public abstract StudyRecord? FindStudy(string name);

    /// <summary>All studies in the order of their creation; damaged records are not noticed here.</summary>
    /// <exception cref="StorageException">The storage fails.</exception>
    public abstract IReadOnlyList<StudyRecord> ListStudies();

    /// <summary>Removes a study and its trials.</summary>
    /// <param name="name">Name of a study.</param>
    /// <returns>Whether there was such a study.</returns>
    /// <exception cref="StorageException">The storage fails.</exception>
    public abstract bool DeleteStudy(string name);

    /// <summary>Claims a trial before it is run; the claim is durable on return.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="number">Number of the trial.</param>
    /// <param name="parameters">What will be tried.</param>
    /// <returns>The claim, its attempt one more than the last; null when the trial has finished or is held, by this
    /// object too.</returns>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract TrialClaim? TryClaimTrial(string study, int number, ParameterSet parameters);

    /// <summary>Gives up a claim of this object; the next claim of the trial is a further attempt. Nothing happens when
    /// it is not held.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="claim">The claim.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract void ReleaseTrial(string study, TrialClaim claim);

    /// <summary>The last attempts at the trials that have not finished, in the order of their numbers.</summary>
    /// <param name="study">Name of a study.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract IReadOnlyList<TrialClaim> ReadClaims(string study);

    /// <summary>Adds a finished trial and ends its claim, both or neither; durable on return.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="trial">The trial. Its attempt must be the one that this object holds; 0 adds a trial that was never
    /// claimed.</param>
    /// <exception cref="StorageException">There is no such study, its trial of this number is stored already, another
    /// attempt at it was claimed, or the storage fails.</exception>
    public abstract void AppendTrial(string study, FinishedTrial trial);

    /// <summary>The finished trials in the order of their numbers: one consistent state of the study, whatever is
    /// appended meanwhile.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="payloads">Whether to read <see cref="FinishedTrial.Payload"/>; otherwise it is null.</param>
    /// <exception cref="StorageException">There is no such study, a trial is damaged, or the storage
    /// fails.</exception>
    public abstract IReadOnlyList<FinishedTrial> ReadTrials(string study, bool payloads = true);

    /// <summary>The finished trial of a number, payload included; null when it has not finished.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="number">Number of the trial.</param>
    /// <exception cref="StorageException">There is no such study, the trial is damaged, or the storage
    /// fails.</exception>
    public abstract FinishedTrial? ReadTrial(string study, int number);

    /// <summary>How many trials have finished, failed ones included.</summary>
    /// <param name="study">Name of a study.</param>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract int CountTrials(string study);

    /// <summary>Takes back finished trials that are damaged, as if their last attempt had come to nothing: they can be
    /// claimed again.</summary>
    /// <param name="study">Name of a study.</param>
    /// <param name="isSound">Whether a trial that the storage can read is one that the caller can use.</param>
    /// <returns>The numbers of the trials taken back.</returns>
    /// <exception cref="StorageException">There is no such study, or the storage fails.</exception>
    public abstract IReadOnlyList<int> DiscardDamaged(string study, Predicate<FinishedTrial> isSound);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the storage holds; its claims end.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
