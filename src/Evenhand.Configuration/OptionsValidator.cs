using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Evenhand.Configuration;

/// <summary>Says what is wrong with the values of an options record: against the annotations of its properties
/// (<see cref="OptionRules"/>), the members of its enumerations, and each other
/// (<see cref="IOptionsRecord.Contradictions"/>). Options records in it are checked as well.</summary>
public static class OptionsValidator
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, OptionRules Rules)[]> Known = [];

    /// <summary>All problems, in the order of the properties, contradictions last.</summary>
    /// <param name="options">The record.</param>
    public static IReadOnlyList<OptionProblem> Problems(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<OptionProblem>();
        foreach (var (property, rules) in Known.GetOrAdd(options.GetType(), RulesOf))
        {
            var key = Key(property);
            var value = property.GetValue(options);
            if (Broken(rules, value) is { } expected)
            {
                problems.Add(Problem(property.Name, value, expected));
            }

            if (value is IOptionsRecord inner)
            {
                // What an options record says of itself starts with the name of an option.
                problems.AddRange(Problems(inner).Select(problem => new OptionProblem(
                    Join(key, problem.Path),
                    inner is OptionsRecord ? $"{key}.{problem.Message}" : problem.Message)));
            }
        }

        if (options is IOptionsRecord record)
        {
            problems.AddRange(record.Contradictions());
        }

        return problems;
    }

    /// <summary>Does nothing where the values are allowed.</summary>
    /// <param name="options">The record.</param>
    /// <param name="section">Key under which users know it, which then starts every line; null where messages name
    /// their option themselves.</param>
    /// <exception cref="InputException">They are not; one line for each problem.</exception>
    public static void Check(object options, string? section = null)
    {
        var problems = Problems(options);
        if (problems.Count > 0)
        {
            throw new InputException(string.Join('\n', problems.Select(problem => section is null
                ? problem.Message
                : $"{Join(section, problem.Path)}: {problem.Message}")));
        }
    }

    /// <summary>A problem with one property: <c>rank is 0; it must be at least 1.</c></summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What is expected of it, to follow "it".</param>
    internal static OptionProblem Problem(string property, object? value, string expected)
    {
        var key = JsonNamingPolicy.CamelCase.ConvertName(property);
        var shown = value is string or IFormattable or bool or null
            ? string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; it {expected}.")
            : $"{key} {expected}.";
        return new OptionProblem(key, shown);
    }

    /// <summary>A path and what follows it.</summary>
    internal static string Join(string path, string rest) =>
        path.Length == 0 ? rest : rest.Length == 0 ? path : $"{path}.{rest}";

    private static string? Broken(OptionRules rules, object? value) => value switch
    {
        null => null,
        Enum member when !Enum.IsDefined(member.GetType(), member) =>
            $"must be one of {string.Join(", ", Enum.GetNames(member.GetType()))}",
        _ => rules.OutOfRange(value) ?? rules.TooShort(value) ?? rules.Misformed(value),
    };

    private static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static (PropertyInfo Property, OptionRules Rules)[] RulesOf(Type type)
    {
        var parameters = type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).ToArray();
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
                .Select(property => (
                    property,
                    new OptionRules(property, Array.Find(parameters, parameter => parameter.Name == property.Name)))),
        ];
    }
}
