using Evenhand.Configuration;

namespace Evenhand.Tuning.Artifacts;

/// <summary>Keeps what studies have besides their trials, such as models and test figures: artifacts, each a whole
/// sequence of bytes under a name like <c>fair-ratings/models/3-1.model</c>.</summary>
/// <remarks>
/// Names are those that <see cref="ArtifactName.Check"/> allows; no two of a store differ in case alone. All members
/// may be called from several threads at once, and several objects, in one process or in several, may be open on the
/// same artifacts.
/// What cannot be read or written is an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/> with
/// a message for the user.
/// </remarks>
public interface IArtifactStore : IDisposable
{
    /// <summary>Where an artifact is, for messages: a path, an address.</summary>
    /// <param name="name">Name of an artifact, which need not exist.</param>
    string Locate(string name);

    /// <summary>Whether anything is kept under a name or below it: an artifact, a lock, a scratch folder.</summary>
    /// <param name="name">A name, or the beginning of names up to a slash.</param>
    bool Holds(string name);

    /// <summary>Opens an artifact to read it, as it is now whatever is written meanwhile; null where there is
    /// none.</summary>
    /// <param name="name">Name of an artifact.</param>
    /// <returns>A stream that knows its length and can seek.</returns>
    Stream? OpenRead(string name);

    /// <summary>Writes an artifact in the place of the last one of its name: it is there as a whole, and durable, on
    /// return, or not at all, whenever the process dies.</summary>
    /// <param name="name">Name of the artifact.</param>
    /// <param name="write">Writes the bytes. What it throws is passed on, and the last artifact stays.</param>
    /// <exception cref="FileNotWrittenException">It cannot be written; what was there before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    void Write(string name, Action<Stream> write);

    /// <summary>Removes an artifact; nothing happens where there is none.</summary>
    /// <param name="name">Name of an artifact, or the <see cref="UnfinishedArtifact.Part"/> of one.</param>
    void Delete(string name);

    /// <summary>The names of all whole artifacts below a name, in no order.</summary>
    /// <remarks>Locks, and files of scratch folders, may be among them.</remarks>
    /// <param name="name">The beginning of the names up to a slash: <c>a/b</c> for <c>a/b/c</c> and
    /// <c>a/b/c/d</c>.</param>
    IReadOnlyList<string> List(string name);

    /// <summary>What has been written so far of artifacts that are not whole: somebody is at it, or was killed. None
    /// where a write that does not end leaves nothing.</summary>
    /// <param name="name">As for <see cref="List"/>.</param>
    IReadOnlyList<UnfinishedArtifact> ListUnfinished(string name) => [];

    /// <summary>Takes a lock that one holder at a time can have, in whatever process. It is held until the result is
    /// disposed of, or the process ends, however it ends.</summary>
    /// <param name="name">Name of the lock, which is no artifact's.</param>
    /// <returns>The lock; null while another holds it.</returns>
    /// <exception cref="FileNotWrittenException">The lock cannot be made.</exception>
    IDisposable? TryLock(string name);

    /// <summary>A folder of this machine for the state of work that may be interrupted. What lies in it is no artifact:
    /// it may be gone when the work is taken up again, or elsewhere.</summary>
    /// <remarks>Whoever writes to it makes it, and removes it when the work is done.</remarks>
    /// <param name="name">Name of the work; the same name gets the same folder.</param>
    /// <returns>Its path. It need not exist.</returns>
    string ScratchFolder(string name);
}
