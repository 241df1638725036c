namespace Evenhand.Configuration;

/// <summary>A record whose properties are set one by one, by a file or by code, and checked together by
/// <see cref="OptionsValidator"/>.</summary>
public interface IOptionsRecord
{
    /// <summary>What no annotation can say: which properties contradict each other.</summary>
    /// <remarks>From code it is asked whatever the annotations say, so that all problems are told at once: each value
    /// may be out of its range.</remarks>
    /// <returns>The problems, their paths relative to this record.</returns>
    IEnumerable<OptionProblem> Contradictions() => [];
}
