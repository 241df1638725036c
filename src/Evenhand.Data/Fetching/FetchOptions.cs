using Evenhand.Configuration;

namespace Evenhand.Data.Fetching;

/// <summary>How a data set is fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>The folder that holds the data sets.</summary>
    /// <value>Default: where <see cref="Evenhand.Data.Loading.DataRoot.Find"/> finds it, else <c>data</c> in the
    /// current folder.</value>
    public string? DataRoot { get; init; }

    /// <summary>Whether files that are there already, with the right checksum or none known, are fetched
    /// again.</summary>
    /// <value>Default: false.</value>
    public bool Force { get; init; }

    /// <summary>How often a connection that is cut is taken up again, for each file.</summary>
    /// <value>Default: 3.</value>
    public int Retries { get; init; } = 3;

    /// <summary>How long the server may send nothing.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told now and then how many bytes of a file are there.</summary>
    /// <value>Default: nobody is told.</value>
    public Action<WorkProgress>? Progress { get; init; }
}

/// <summary>What was fetched.</summary>
/// <param name="Folder">Where the files are.</param>
/// <param name="Fetched">Files that were fetched now.</param>
/// <param name="Present">Files that were there already.</param>
/// <param name="Missing">Files that the publisher does not offer as they are needed.</param>
/// <param name="Obtain">How to get those by hand; empty where none is missing.</param>
public sealed record FetchResult(
    string Folder,
    IReadOnlyList<string> Fetched,
    IReadOnlyList<string> Present,
    IReadOnlyList<string> Missing,
    string Obtain);
