namespace Evenhand.Data.Descriptors;

/// <summary>A file that the publisher offers, and what becomes of it.</summary>
public sealed record DownloadDescriptor
{
    /// <summary>Address at the publisher's.</summary>
    public required string Url { get; init; }

    /// <summary>Path in the folder of the data set where the file goes as it is.</summary>
    /// <value>Default: it is an archive, and <see cref="Members"/> says what is taken out of it.</value>
    public string? Path { get; init; }

    /// <summary>For a zip archive: the member to take out, and its path in the folder of the data set.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>Lower-case hexadecimal SHA-256 of the file at the address. Files that a table reads are checked against
    /// their own checksums besides.</summary>
    /// <value>Default: not known.</value>
    public string? Sha256 { get; init; }
}
