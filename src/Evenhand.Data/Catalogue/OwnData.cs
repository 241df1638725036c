namespace Evenhand.Data;

/// <summary>Data of the user's own, described inside another file instead of in a descriptor file.</summary>
public static class OwnData
{
    /// <summary>The descriptor with its files in a folder, instead of under the data root.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="folder">The folder from which the paths of its files start.</param>
    public static DatasetDescriptor InFolder(this DatasetDescriptor descriptor, string folder)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return descriptor with { Folder = Path.GetFullPath(folder) };
    }

    /// <summary>Checks that the files of a data set are there, without reading them.</summary>
    /// <param name="descriptor">The data set.</param>
    /// <param name="dataRoot">The folder of the data sets; null to look for it where <see cref="DataRoot"/>
    /// does.</param>
    /// <exception cref="InputException">One is not there; the message says how to get it.</exception>
    public static void RequireFiles(this DatasetDescriptor descriptor, string? dataRoot)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        _ = new DatasetFiles(descriptor, new LoadOptions { DataRoot = dataRoot });
    }
}
