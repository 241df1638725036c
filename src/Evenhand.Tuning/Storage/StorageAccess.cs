namespace Evenhand.Tuning.Storage;

/// <summary>What a storage in a file is opened for.</summary>
public enum StorageAccess
{
    /// <summary>To read alone: nothing is written, so that the file may lie where nothing can be.</summary>
    Read,

    /// <summary>To read and write what is there. A file of an older version is brought to this one's.</summary>
    Write,

    /// <summary>As <see cref="Write"/>; the file is made where it is missing.</summary>
    Create,
}
