using System.Globalization;
using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>Reads the value of a learner's option: fixed, <c>search</c>, or a domain to search.</summary>
internal static class OptionReader
{
    /// <summary>The word that asks for an option's own interval.</summary>
    public const string Search = "search";

    private const double StepTolerance = 1e-9;

    private static readonly string[] DomainKeys = ["int", "float", "choice", "log", "step"];

    /// <summary>Whether this is what stands for a domain to search.</summary>
    public static bool IsDomain(YamlElement element) => element.Entries.Any(entry => DomainKeys.Contains(entry.Key));

    /// <summary>Whether the option has an interval that is worth searching.</summary>
    public static bool HasInterval(YamlKey key) => key.Property.IsDefined(typeof(SearchRangeAttribute));

    /// <summary>The option searched over its own interval.</summary>
    public static SearchedOption Interval(OptionKey option)
    {
        var key = option.Key;
        var range = key.Property.GetCustomAttribute<SearchRangeAttribute>()!;
        return new SearchedOption(option, key.Shape.Kind == YamlShapeKind.Integer
            ? new IntDomain((long)range.Low, (long)range.High) { Log = range.Log }
            : new FloatDomain(range.Low, range.High) { Log = range.Log });
    }

    /// <summary>Reads a value; null where a problem was added.</summary>
    public static OptionSetting? Read(OptionKey option, YamlElement element, YamlProblems problems)
    {
        var key = option.Key;
        if (element.Kind == YamlKind.Mapping)
        {
            var known = problems.Count;
            var domain = ReadDomain(key, element, problems);
            return domain is null || problems.Count > known ? null : new SearchedOption(option, domain);
        }

        if (element is { Kind: YamlKind.Scalar, Text: Search })
        {
            return ReadSearch(option, element, problems);
        }

        return YamlBinder.TryBind(key, element, problems, out var value) ? new FixedOption(option, value!) : null;
    }

    /// <summary>An option's value as the tuner writes it.</summary>
    public static ParameterValue ToParameter(object value) => value switch
    {
        int integer => new ParameterValue((long)integer),
        long integer => new ParameterValue(integer),
        double number => new ParameterValue(number),
        bool boolean => new ParameterValue(boolean),
        string text => new ParameterValue(text),
        Enum member => new ParameterValue(YamlNames.Value(member)),
        _ => throw new ArgumentException($"an option cannot be of type {value.GetType()}"),
    };

    /// <summary>A value of the tuner as the option's type.</summary>
    public static object FromParameter(YamlKey key, ParameterValue value) => key.Shape.Kind switch
    {
        YamlShapeKind.Integer when key.Shape.Type == typeof(int) => checked((int)value.AsInt64),
        YamlShapeKind.Integer => value.AsInt64,
        YamlShapeKind.Number => value.AsDouble,
        YamlShapeKind.Boolean => value.AsBoolean,
        YamlShapeKind.Text => value.AsString,
        YamlShapeKind.Enumeration when YamlNames.TryValue(key.Shape.Type, value.AsString, out var member) => member!,
        _ => throw new ArgumentException($"{value} is no value of option '{key.Name}'"),
    };

    private static SearchedOption? ReadSearch(OptionKey option, YamlElement element, YamlProblems problems)
    {
        var key = option.Key;
        if (HasInterval(key))
        {
            return Interval(option);
        }

        switch (key.Shape.Kind)
        {
            case YamlShapeKind.Boolean:
                return new SearchedOption(option, new CategoricalDomain([false, true]));
            case YamlShapeKind.Enumeration:
                var names = YamlNames.Values(key.Shape.Type).Select(name => new ParameterValue(name));
                return new SearchedOption(option, new CategoricalDomain([.. names]));
            default:
                var form = key.Shape.Kind switch
                {
                    YamlShapeKind.Integer => "int: [low, high]",
                    YamlShapeKind.Number => "float: [low, high]",
                    _ => "choice: [a, b]",
                };
                problems.Add(element, $"this option has no interval of its own: give one, such as {{ {form} }}");
                return null;
        }
    }

    private static ParameterDomain? ReadDomain(YamlKey key, YamlElement element, YamlProblems problems)
    {
        var unknown = element.Entries.Where(entry => !DomainKeys.Contains(entry.Key)).ToArray();
        foreach (var entry in unknown)
        {
            problems.AddUnknownKey(element, entry, DomainKeys);
        }

        if (unknown.Length > 0)
        {
            return null;
        }

        var kinds = element.Entries.Where(entry => entry.Key is "int" or "float" or "choice").ToArray();
        if (kinds is not [var kind])
        {
            problems.Add(
                element,
                "a search domain has exactly one of int: [low, high], float: [low, high], choice: [values]");
            return null;
        }

        if (kind.Key == "choice")
        {
            foreach (var entry in element.Entries.Where(entry => entry.Key is "log" or "step"))
            {
                problems.Add(entry.Place, $"{element.Path}: {entry.Key} goes with int or float, not with choice");
            }

            return ReadChoices(key, kind.Value, problems);
        }

        var wanted = key.Shape.Kind switch
        {
            YamlShapeKind.Integer => "int",
            YamlShapeKind.Number => "float",
            _ => null,
        };
        if (kind.Key != wanted)
        {
            var form = wanted is null ? $"choice: [{string.Join(", ", Values(key))}]" : $"{wanted}: [low, high]";
            problems.Add(kind.Place, $"{element.Path}: cannot be searched by {kind.Key}; write {{ {form} }}");
            return null;
        }

        return ReadInterval(key, kind.Value, element, problems);
    }

    private static IEnumerable<string> Values(YamlKey key) => key.Shape.Kind switch
    {
        YamlShapeKind.Boolean => ["false", "true"],
        YamlShapeKind.Text => ["a", "b"],
        _ => YamlNames.Values(key.Shape.Type),
    };

    private static CategoricalDomain? ReadChoices(YamlKey key, YamlElement element, YamlProblems problems)
    {
        if (element.Kind != YamlKind.List)
        {
            problems.AddExpected(element, "a list of values");
            return null;
        }

        var choices = new List<ParameterValue>();
        foreach (var item in element.Items)
        {
            if (!YamlBinder.TryBind(key, item, problems, out var value))
            {
                continue;
            }

            var choice = ToParameter(value!);
            if (choices.Contains(choice))
            {
                problems.Add(item, $"{choice} is there twice");
            }
            else
            {
                choices.Add(choice);
            }
        }

        if (element.Items.Count == 0)
        {
            problems.Add(element, "needs at least one value");
        }

        return choices.Count == 0 ? null : new CategoricalDomain(choices);
    }

    private static ParameterDomain? ReadInterval(
        YamlKey key, YamlElement interval, YamlElement element, YamlProblems problems)
    {
        if (interval is not { Kind: YamlKind.List, Items: [var lowest, var highest] })
        {
            problems.AddExpected(interval, "a list of two numbers, [low, high]");
            return null;
        }

        var known = problems.Count;
        var readable = TryEnd(key, lowest, problems, out var low) & TryEnd(key, highest, problems, out var high);
        var log = element.TryGet("log", out var logElement) && YamlBinder.Bind<bool>(logElement, problems);
        if (!readable || problems.Count > known)
        {
            return null;
        }

        if (low >= high)
        {
            problems.Add(interval, $"the low end {lowest.Text} must be below the high end {highest.Text}");
            return null;
        }

        if (log && low <= 0)
        {
            problems.Add(lowest, $"a logarithmic search starts above 0, found {lowest.Text}");
            return null;
        }

        var step = element.TryGet("step", out var stepElement)
            ? ReadStep(key, stepElement, low, high, log, problems)
            : null;
        if (problems.Count > known)
        {
            return null;
        }

        return key.Shape.Kind == YamlShapeKind.Integer
            ? new IntDomain((long)low, (long)high) { Step = (long)(step ?? 1), Log = log }
            : new FloatDomain(low, high) { Step = step, Log = log };
    }

    private static bool TryEnd(YamlKey key, YamlElement element, YamlProblems problems, out double end)
    {
        var bound = YamlBinder.TryBind(key, element, problems, out var value);
        end = bound ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        if (bound && !double.IsFinite(end))
        {
            problems.Add(element, "the ends of an interval are finite");
        }

        return bound && double.IsFinite(end);
    }

    private static double? ReadStep(
        YamlKey key, YamlElement element, double low, double high, bool log, YamlProblems problems)
    {
        if (element.Kind != YamlKind.Scalar || element.IsQuoted || !YamlScalars.TryNumber(element.Text, out var step)
            || !double.IsFinite(step) || step <= 0
            || (key.Shape.Kind == YamlShapeKind.Integer && !YamlScalars.IsInteger(element.Text)))
        {
            problems.AddExpected(
                element, key.Shape.Kind == YamlShapeKind.Integer ? "a positive integer" : "a positive number");
            return null;
        }

        if (log)
        {
            problems.Add(element, "a logarithmic search has no step: leave out log or step");
            return null;
        }

        var steps = (high - low) / step;
        if (steps < 1 - StepTolerance || Math.Abs(steps - Math.Round(steps)) > StepTolerance * Math.Max(1, steps))
        {
            var width = $"{YamlScalars.Number(high)} - {YamlScalars.Number(low)}";
            problems.Add(element, $"the step must divide the interval: {width} is no multiple of {element.Text}");
            return null;
        }

        return step;
    }
}
