namespace Evenhand.Tuning.Storage;

/// <summary>A storage cannot do what was asked; the message says why, in words for the user.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A problem in words.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>A problem in words and its cause.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="inner">The cause.</param>
    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>There is a study of this name.</summary>
    public static StorageException StudyExists(string name) =>
        new($"There is a study '{name}' already. Resume it, delete it, or choose another name.");

    /// <summary>There is no study of this name.</summary>
    public static StorageException NoStudy(string name) => new($"There is no study '{name}'.");

    /// <summary>A trial that was to be added is there already.</summary>
    public static StorageException TrialExists(string study, int number) => new(
        $"Trial {number} of the study '{study}' is stored already. Is another process running the same study?");

    /// <summary>A trial that was to be added is not claimed by who adds it, or claimed by another.</summary>
    public static StorageException NotClaimed(string study, int number) => new(
        $"Trial {number} of the study '{study}' is not this run's: another process has taken it over.");
}
