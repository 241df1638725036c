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

    internal static StorageException StudyExists(string name) =>
        new($"There is a study '{name}' already. Resume it, delete it, or choose another name.");

    internal static StorageException NoStudy(string name) => new($"There is no study '{name}'.");

    internal static StorageException TrialExists(string study, int number) => new(
        $"Trial {number} of the study '{study}' is stored already. Is another process running the same study?");

    internal static StorageException NotClaimed(string study, int number) => new(
        $"Trial {number} of the study '{study}' is not this run's: another process has taken it over.");
}
