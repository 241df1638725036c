using Evenhand.Configuration;

namespace Evenhand.Tuning.Storage;

/// <summary>What a <see cref="Registry"/> knows of a storage: the scheme of its addresses, and how one is
/// opened.</summary>
public sealed class StorageDescriptor : IRegistryEntry
{
    private readonly Func<StorageAddress, bool> _exists;
    private readonly Func<StorageAddress, StorageAccess, StudyStore> _open;

    private StorageDescriptor(
        string name,
        string form,
        Func<StorageAddress, bool> exists,
        Func<StorageAddress, StorageAccess, StudyStore> open)
    {
        Name = name;
        Form = form;
        _exists = exists;
        _open = open;
    }

    /// <inheritdoc/>
    public static string Kind => "storage";

    /// <summary>The scheme.</summary>
    public string Name { get; }

    /// <summary>What its addresses look like, such as <c>sqlite:FILE</c>.</summary>
    public string Form { get; }

    /// <summary>Describes a storage.</summary>
    /// <param name="scheme">Scheme of its addresses: two small letters or more.</param>
    /// <param name="form">What an address looks like, such as <c>sqlite:FILE</c>.</param>
    /// <param name="exists">Whether a store is at an address. An address that can have none is an
    /// <see cref="InputException"/>.</param>
    /// <param name="open">Opens the store at an address. What cannot be opened is an <see cref="InputException"/> or a
    /// <see cref="StorageException"/> with a message for the user; the address in it is
    /// <see cref="StorageAddress.ToString"/>, without a password.</param>
    public static StorageDescriptor Of(
        string scheme,
        string form,
        Func<StorageAddress, bool> exists,
        Func<StorageAddress, StorageAccess, StudyStore> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(exists);
        ArgumentNullException.ThrowIfNull(open);
        return new StorageDescriptor(scheme, form, exists, open);
    }

    /// <summary>Whether a store is at an address.</summary>
    /// <param name="address">An address of this scheme.</param>
    /// <exception cref="InputException">There can be none.</exception>
    public bool Exists(StorageAddress address) => _exists(address);

    /// <summary>Opens the store at an address.</summary>
    /// <param name="address">An address of this scheme.</param>
    /// <param name="access">What for.</param>
    /// <exception cref="InputException">The address is wrong, or the store cannot be made.</exception>
    /// <exception cref="StorageException">There is no store and none is to be made, or it cannot be opened.</exception>
    public StudyStore Open(StorageAddress address, StorageAccess access) => _open(address, access);
}
