namespace Evenhand.Tuning.Space;

/// <summary>A fixed list of choices without order.</summary>
public sealed record CategoricalDomain : ParameterDomain
{
    private readonly ParameterValue[] _choices;
    private readonly Dictionary<ParameterValue, int> _positions;

    /// <summary>The given choices.</summary>
    /// <param name="choices">At least one; all distinct.</param>
    /// <exception cref="ArgumentException">There is no choice, or one is there twice.</exception>
    public CategoricalDomain(IReadOnlyList<ParameterValue> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0)
        {
            throw new ArgumentException("A categorical domain needs at least one choice.", nameof(choices));
        }

        _choices = [.. choices];
        _positions = new Dictionary<ParameterValue, int>(_choices.Length);
        for (var position = 0; position < _choices.Length; position++)
        {
            if (!_positions.TryAdd(_choices[position], position))
            {
                throw new ArgumentException($"The choice {_choices[position]} is there twice.", nameof(choices));
            }
        }
    }

    /// <summary>The choices, in the order given.</summary>
    public IReadOnlyList<ParameterValue> Choices => _choices;

    /// <inheritdoc/>
    public override long? Count => _choices.Length;

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => _positions.ContainsKey(value);

    /// <summary>Position of a choice in <see cref="Choices"/>; -1 when it is none.</summary>
    /// <param name="value">Any value.</param>
    public int IndexOf(ParameterValue value) => _positions.GetValueOrDefault(value, -1);

    /// <summary>Whether the other domain has the same choices in the same order.</summary>
    /// <param name="other">Another domain.</param>
    public bool Equals(CategoricalDomain? other) => other is not null
        && _choices.AsSpan().SequenceEqual(other._choices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_choices.Length, _choices[0]);

    /// <inheritdoc/>
    public override string ToString() => $"one of {string.Join(", ", _choices)}";

    internal override ParameterValue ValueOf(long level) => _choices[level];

    private protected override ParameterValue ValueAt(double position) =>
        _choices[LevelAt(position, _choices.Length)];

    private protected override UnitCell Cell(ParameterValue value) => LevelCell(IndexOf(value), _choices.Length);
}
