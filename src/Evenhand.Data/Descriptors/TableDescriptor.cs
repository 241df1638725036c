namespace Evenhand.Data.Descriptors;

/// <summary>A table that is read from one or more files of one form.</summary>
public sealed record TableDescriptor
{
    /// <summary>The files, read one after the other.</summary>
    public required IReadOnlyList<FileDescriptor> Files { get; init; }

    /// <summary>How the files are written.</summary>
    /// <value>Default: comma separated with a header, quoted where needed, UTF-8.</value>
    public TableFormat Format { get; init; } = new();

    /// <summary>The columns. With a header those that are not named here are not read.</summary>
    public required IReadOnlyList<ColumnDescriptor> Columns { get; init; }
}

/// <summary>One file of a table.</summary>
public sealed record FileDescriptor
{
    /// <summary>Path in the folder of the data set; <c>.gz</c> and <c>.zip</c> are unpacked on the way.</summary>
    public required string Path { get; init; }

    /// <summary>The member of a zip archive.</summary>
    /// <value>Default: the only one there is, <c>__MACOSX</c> entries aside.</value>
    public string? Member { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file as it lies in the folder.</summary>
    /// <value>Default: not known.</value>
    public string? Sha256 { get; init; }

    /// <summary>Name of the part of the data that the file holds, such as <c>train</c> or <c>test</c>; it becomes the
    /// column <c>part</c>.</summary>
    /// <value>Default: none.</value>
    public string? Part { get; init; }

    /// <summary>Columns that have one value for the whole file, such as <c>gender: female</c>.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();
}
