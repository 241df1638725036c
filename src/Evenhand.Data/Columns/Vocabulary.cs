using System.Collections.Frozen;

namespace Evenhand.Data.Columns;

/// <summary>The distinct values of a categorical column; the code of a value is its position.</summary>
public sealed class Vocabulary
{
    /// <summary>Code of a missing or unknown value.</summary>
    public const int Missing = -1;

    private readonly string[] _values;
    private readonly Lazy<FrozenDictionary<string, int>> _codes;

    /// <summary>A vocabulary of the given values, in that order.</summary>
    /// <param name="values">The values.</param>
    /// <param name="isOrdered">Whether the order was chosen, and does not come from the rows.</param>
    /// <exception cref="ArgumentException">A value occurs twice.</exception>
    public Vocabulary(IEnumerable<string> values, bool isOrdered = true)
    {
        ArgumentNullException.ThrowIfNull(values);
        IsOrdered = isOrdered;
        _values = [.. values];
        _codes = new(() => _values.Index().ToFrozenDictionary(v => v.Item, v => v.Index, StringComparer.Ordinal));
        if (new HashSet<string>(_values, StringComparer.Ordinal).Count != _values.Length)
        {
            throw new ArgumentException("A vocabulary holds each value once.", nameof(values));
        }
    }

    /// <summary>Number of distinct values.</summary>
    public int Count => _values.Length;

    /// <summary>Whether the order was chosen, as that of age bands is. Otherwise it is that in which values were met,
    /// which hangs on the order of the rows; the parts of a split have such values sorted.</summary>
    public bool IsOrdered { get; }

    /// <summary>The values in the order of their codes.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The value of a code.</summary>
    public string this[int code] => _values[code];

    /// <summary>The code of a value, or <see cref="Missing"/> where it is not in the vocabulary.</summary>
    public int CodeOf(ReadOnlySpan<char> value) =>
        _codes.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out var code) ? code : Missing;

    /// <summary>For each code of this vocabulary the code of the same value in another, or
    /// <see cref="Missing"/>.</summary>
    /// <returns>An array of <see cref="Count"/> codes of <paramref name="target"/>.</returns>
    public int[] MapTo(Vocabulary target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var map = new int[Count];
        for (var code = 0; code < map.Length; code++)
        {
            map[code] = ReferenceEquals(this, target) ? code : target.CodeOf(_values[code]);
        }

        return map;
    }
}
