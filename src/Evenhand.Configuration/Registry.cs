using System.Collections;

namespace Evenhand.Configuration;

/// <summary>What the names in experiment files, commands, stores and model files stand for.</summary>
/// <remarks>Filled at the start of a program, built-in entries first, and handed over to whatever looks names up. Any
/// number of threads may read it once nothing is added any more.</remarks>
public sealed class Registry
{
    // By kind a list of that type.
    private readonly Dictionary<Type, IList> _entries = [];

    /// <summary>Adds an entry.</summary>
    /// <typeparam name="T">The kind under which it is looked up, which may be a base class of its own.</typeparam>
    /// <param name="entry">The entry.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="InputException">There is an entry of that kind and name.</exception>
    public Registry Add<T>(T entry)
        where T : class, IRegistryEntry
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (Find<T>(entry.Name) is not null)
        {
            throw new InputException($"There are two entries for the {T.Kind} '{entry.Name}'; each needs its own name.");
        }

        if (!_entries.TryGetValue(typeof(T), out var entries))
        {
            _entries.Add(typeof(T), entries = new List<T>());
        }

        entries.Add(entry);
        return this;
    }

    /// <summary>Adds entries of one kind, in their order.</summary>
    /// <inheritdoc cref="Add{T}(T)"/>
    /// <param name="entries">The entries.</param>
    public Registry Add<T>(IEnumerable<T> entries)
        where T : class, IRegistryEntry
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            Add(entry);
        }

        return this;
    }

    /// <summary>Adds all that an extension brings.</summary>
    /// <param name="extension">The extension.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="InputException">An entry has the name of another one.</exception>
    public Registry Add(IEvenhandExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        extension.Register(this);
        return this;
    }

    /// <summary>A registry of its own with the same entries, to which more can be added.</summary>
    public Registry Copy()
    {
        var copy = new Registry();
        foreach (var (kind, entries) in _entries)
        {
            copy._entries.Add(kind, (IList)Activator.CreateInstance(entries.GetType(), entries)!);
        }

        return copy;
    }

    /// <summary>All entries of a kind, in the order in which they were added.</summary>
    public IReadOnlyList<T> All<T>()
        where T : class, IRegistryEntry =>
        _entries.TryGetValue(typeof(T), out var entries) ? (List<T>)entries : [];

    /// <summary>The names of all entries of a kind.</summary>
    public IReadOnlyList<string> Names<T>()
        where T : class, IRegistryEntry => [.. All<T>().Select(entry => entry.Name)];

    /// <summary>The entry of that name, or null.</summary>
    public T? Find<T>(string name)
        where T : class, IRegistryEntry
    {
        ArgumentNullException.ThrowIfNull(name);
        return All<T>().FirstOrDefault(entry => entry.Name == name);
    }

    /// <summary>The entry of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public T Get<T>(string name)
        where T : class, IRegistryEntry =>
        Find<T>(name) ?? throw new InputException($"There is no {T.Kind} '{name}'.{NearestName.Hint(name, Names<T>())}");
}
