namespace Evenhand.Tuning.Space;

/// <summary>The parameters that a study searches, parents before those that depend on them. Immutable.</summary>
/// <remarks>The order is the given one, except that a conditional parameter named before its parent comes right after
/// it. A space without parameters is allowed: it has one point.</remarks>
public sealed class SearchSpace
{
    private readonly Parameter[] _parameters;
    private readonly int[][] _parents;
    private readonly bool[] _isParent;
    private readonly Dictionary<string, int> _positions;

    /// <summary>Checks and orders the parameters.</summary>
    /// <param name="parameters">Distinct names; conditions name parameters of this list and values of their
    /// domains.</param>
    /// <exception cref="ArgumentException">A name is there twice; a condition names an unknown parameter, a value
    /// outside of its domain, or a continuous parameter; conditions form a circle.</exception>
    public SearchSpace(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var given = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        var order = new List<Parameter>();
        foreach (var parameter in parameters)
        {
            if (!given.TryAdd(parameter.Name, parameter))
            {
                throw new ArgumentException($"The parameter '{parameter.Name}' is there twice.", nameof(parameters));
            }

            order.Add(parameter);
        }

        foreach (var parameter in order)
        {
            foreach (var condition in Conditions(parameter))
            {
                CheckCondition(parameter, condition, given);
            }
        }

        _parameters = ParentsFirst(order, given);
        _positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < _parameters.Length; index++)
        {
            _positions.Add(_parameters[index].Name, index);
        }

        _parents = [.. _parameters.Select(
            parameter => Conditions(parameter).Select(condition => _positions[condition.Parameter]).ToArray())];
        _isParent = new bool[_parameters.Length];
        foreach (var parent in _parents.SelectMany(parents => parents))
        {
            _isParent[parent] = true;
        }
    }

    /// <summary>The parameters, parents first.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Position of a parameter in <see cref="Parameters"/>; -1 when there is none of this name.</summary>
    /// <param name="name">Name of a parameter.</param>
    public int IndexOf(string name) => _positions.GetValueOrDefault(name, -1);

    /// <summary>Whether the set holds a value of the domain for every active parameter, and nothing else, in
    /// order.</summary>
    /// <param name="set">Any set.</param>
    public bool Contains(ParameterSet set) => FindProblem(set) is null;

    /// <summary>A set of this space from names and values in any order; integers are taken for numbers where a number
    /// is wanted.</summary>
    /// <param name="values">A value for every active parameter.</param>
    /// <exception cref="ArgumentException">A value is missing, outside of its domain, or of a parameter that is
    /// unknown or not active; the message names it.</exception>
    public ParameterSet CreateSet(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values
            .Select(entry => (Index: IndexOf(entry.Key), Entry: entry))
            .Select(item => item.Index >= 0 && _parameters[item.Index].Domain is FloatDomain
                && item.Entry.Value.Kind == ParameterKind.Int
                    ? (item.Index, Entry: KeyValuePair.Create(item.Entry.Key,
                        new ParameterValue(item.Entry.Value.AsDouble)))
                    : item)
            .OrderBy(item => item.Index < 0 ? int.MaxValue : item.Index);
        var set = new ParameterSet(sorted.Select(item => item.Entry));
        return FindProblem(set) is { } problem ? throw new ArgumentException(problem, nameof(values)) : set;
    }

    /// <summary>The set at a point of the unit cube.</summary>
    /// <param name="point">One coordinate in [0, 1] for each parameter, in order; those of inactive parameters are not
    /// read.</param>
    /// <exception cref="ArgumentException">The length is not the number of parameters, or a coordinate that is needed
    /// is not a number.</exception>
    public ParameterSet FromUnit(ReadOnlySpan<double> point)
    {
        if (point.Length != _parameters.Length)
        {
            throw new ArgumentException(
                $"The point has {point.Length} coordinates, the space {_parameters.Length} parameters.", nameof(point));
        }

        var builder = new ParameterSetBuilder(this);
        for (var index = 0; index < _parameters.Length; index++)
        {
            if (builder.IsActive(index))
            {
                builder.Set(index, _parameters[index].Domain.FromUnit(point[index]));
            }
        }

        return builder.ToSet();
    }

    /// <summary>The point of the unit cube of a set: one coordinate for each parameter, NaN for those not
    /// active.</summary>
    /// <param name="set">A set of this space.</param>
    /// <exception cref="ArgumentException">The set is not of this space; the message says why.</exception>
    public double[] ToUnit(ParameterSet set)
    {
        return FindProblem(set) is { } problem ? throw new ArgumentException(problem, nameof(set)) : PointOf(set);
    }

    /// <summary><see cref="ToUnit"/> for a set that is known to be of the space.</summary>
    internal double[] PointOf(ParameterSet set)
    {
        var point = new double[_parameters.Length];
        Array.Fill(point, double.NaN);
        var index = 0;
        foreach (var (name, value) in set.Entries)
        {
            while (_parameters[index].Name != name)
            {
                index++;
            }

            point[index] = _parameters[index].Domain.ToUnit(value);
        }

        return point;
    }

    /// <summary>Positions of the parents of a parameter, in the order of its conditions; none for an unconditional
    /// one.</summary>
    internal ReadOnlySpan<int> ParentsOf(int index) => _parents[index];

    /// <summary>Whether another parameter depends on this one.</summary>
    internal bool IsParent(int index) => _isParent[index];

    /// <summary>Whether any parameter depends on another.</summary>
    internal bool HasBranches => Array.IndexOf(_isParent, true) >= 0;

    /// <summary>What keeps the set out of the space, or null.</summary>
    internal string? FindProblem(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var builder = new ParameterSetBuilder(this);
        var entries = set.Entries;
        var next = 0;
        for (var index = 0; index < _parameters.Length; index++)
        {
            var parameter = _parameters[index];
            if (!builder.IsActive(index))
            {
                continue;
            }

            if (next >= entries.Length || entries[next].Key != parameter.Name)
            {
                return set.ContainsKey(parameter.Name)
                    ? $"The parameter '{parameter.Name}' is out of order."
                    : $"The parameter '{parameter.Name}' has no value.";
            }

            var value = entries[next++].Value;
            if (!parameter.Domain.Contains(value))
            {
                return $"The value {value} of the parameter '{parameter.Name}' is not in {parameter.Domain}.";
            }

            builder.Set(index, value);
        }

        return next == entries.Length ? null : IndexOf(entries[next].Key) < 0
            ? $"There is no parameter '{entries[next].Key}'."
            : $"The parameter '{entries[next].Key}' is not active: it needs that"
                + $" {_parameters[IndexOf(entries[next].Key)].When}.";
    }

    private static IEnumerable<ParameterCondition> Conditions(Parameter parameter) => parameter.When?.All ?? [];

    private static void CheckCondition(
        Parameter parameter, ParameterCondition condition, Dictionary<string, Parameter> given)
    {
        if (!given.TryGetValue(condition.Parameter, out var parent))
        {
            throw new ArgumentException(
                $"The parameter '{parameter.Name}' depends on '{condition.Parameter}', which is not in the space.");
        }

        if (parent.Domain.Count is null)
        {
            throw new ArgumentException(
                $"The parameter '{parameter.Name}' depends on '{parent.Name}', which is continuous:"
                + " no single value of it is ever proposed.");
        }

        foreach (var value in condition.Values)
        {
            if (!parent.Domain.Contains(value))
            {
                throw new ArgumentException($"The parameter '{parameter.Name}' depends on the value {value} of"
                    + $" '{parent.Name}', which is not in {parent.Domain}.");
            }
        }
    }

    private static Parameter[] ParentsFirst(List<Parameter> order, Dictionary<string, Parameter> given)
    {
        var sorted = new List<Parameter>(order.Count);
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in order)
        {
            Place(parameter);
        }

        return [.. sorted];

        void Place(Parameter parameter)
        {
            if (placed.Contains(parameter.Name))
            {
                return;
            }

            if (!entered.Add(parameter.Name))
            {
                throw new ArgumentException(
                    $"The condition of the parameter '{parameter.Name}' depends on itself.");
            }

            foreach (var condition in Conditions(parameter))
            {
                Place(given[condition.Parameter]);
            }

            placed.Add(parameter.Name);
            sorted.Add(parameter);
        }
    }
}
