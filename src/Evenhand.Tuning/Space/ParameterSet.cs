using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Evenhand.Tuning.Space;

/// <summary>The values of the active parameters of one trial, in the order of the search space. Immutable.</summary>
/// <remarks>Two sets are equal when names, values and order are.</remarks>
[JsonConverter(typeof(ParameterSetConverter))]
[SuppressMessage("Naming", "CA1710", Justification = "A set of parameters is what the field calls it.")]
public sealed class ParameterSet : IReadOnlyDictionary<string, ParameterValue>, IEquatable<ParameterSet>
{
    // A trial has tens of parameters at most and there are thousands of trials: a scan beats a table in time and in
    // memory.
    private readonly KeyValuePair<string, ParameterValue>[] _entries;

    /// <summary>The given names and values in the given order.</summary>
    /// <param name="entries">Distinct names.</param>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public ParameterSet(IEnumerable<KeyValuePair<string, ParameterValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [.. entries];
        for (var index = 1; index < _entries.Length; index++)
        {
            if (IndexOf(_entries[index].Key) < index)
            {
                throw new ArgumentException($"The parameter '{_entries[index].Key}' is there twice.", nameof(entries));
            }
        }
    }

    /// <summary>The set of no parameter.</summary>
    public static ParameterSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<ParameterValue> Values => _entries.Select(entry => entry.Value);

    internal ReadOnlySpan<KeyValuePair<string, ParameterValue>> Entries => _entries;

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">The parameter is not in the set, perhaps because it is not
    /// active.</exception>
    public ParameterValue this[string key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"There is no active parameter '{key}'.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) < _entries.Length;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ParameterValue value)
    {
        var index = IndexOf(key);
        value = index < _entries.Length ? _entries[index].Value : default;
        return index < _entries.Length;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, ParameterValue>>)_entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ParameterSet? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        for (var index = 0; index < _entries.Length; index++)
        {
            if (_entries[index].Key != other._entries[index].Key
                || _entries[index].Value != other._entries[index].Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _entries)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Names and values as <c>name=value, name=value</c>.</summary>
    public override string ToString() => string.Join(", ", _entries.Select(entry => $"{entry.Key}={entry.Value}"));

    // The first entry of the name, or the number of entries.
    private int IndexOf(string name)
    {
        var index = 0;
        while (index < _entries.Length && !string.Equals(_entries[index].Key, name, StringComparison.Ordinal))
        {
            index++;
        }

        return index;
    }
}
