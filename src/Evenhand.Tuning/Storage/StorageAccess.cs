namespace Evenhand.Tuning.Storage;

/// <summary>What a store is opened for.</summary>
public enum StorageAccess
{
    /// <summary>To read alone: nothing is written, so that it may lie where nothing can be.</summary>
    Read,

    /// <summary>To read and write what is there. What an older version wrote is brought to this one's form.</summary>
    Write,

    /// <summary>As <see cref="Write"/>; the store is made where it is missing.</summary>
    Create,
}
