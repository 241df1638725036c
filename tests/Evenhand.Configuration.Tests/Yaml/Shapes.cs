using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Configuration.Tests.Yaml;

public enum Colour
{
    Red,
    DarkBlue,
}

public sealed record Part
{
    public required string Name { get; init; }

    [Range(0.0, 1.0)]
    public double Weight { get; init; } = 0.5;

    [Range(1, int.MaxValue)]
    public int Count { get; init; } = 1;

    public Part? Inner { get; init; }
}

public sealed record Whole
{
    public string Title { get; init; } = "none";

    public string? Note { get; init; }

    public int Small { get; init; }

    public long Large { get; init; }

    public double Number { get; init; }

    public double? Maybe { get; init; } = 1;

    public bool Flag { get; init; }

    public Colour Colour { get; init; }

    public TimeSpan Time { get; init; }

    public IReadOnlyList<Part> Parts { get; init; } = [];

    public int[] Codes { get; init; } = [];

    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    public IReadOnlyDictionary<Colour, IReadOnlyList<string>> Names { get; init; } =
        new Dictionary<Colour, IReadOnlyList<string>>();

    [Range(0, 10)]
    public Located<int>? Marked { get; init; }

    public YamlElement? Raw { get; init; }

    public Interval? Interval { get; init; }

    public Pair? Pair { get; init; }

    public YamlPlace Place { get; init; }

    public int Computed => Small + 1;
}

/// <summary>Bound through its constructor.</summary>
public sealed record Pair(string First, int Second = 7);

/// <summary>Reads itself: <c>2..5</c>, or the mapping <c>{ low: 2, high: 5 }</c>.</summary>
public sealed record Interval : IYamlBound<Interval>, IOptionsRecord
{
    public required int Low { get; init; }

    public required int High { get; init; }

    public static Interval? FromYaml(YamlElement element, YamlProblems problems)
    {
        if (element.Kind == YamlKind.Mapping)
        {
            return YamlBinder.BindRecord<Interval>(element, problems);
        }

        if (element.Text.Split("..") is [var low, var high]
            && int.TryParse(low, out var from) && int.TryParse(high, out var to))
        {
            return new Interval { Low = from, High = to };
        }

        problems.AddExpected(element, "an interval such as 2..5");
        return null;
    }

    public IEnumerable<OptionProblem> Contradictions() =>
        Low <= High ? [] : [new OptionProblem("low", "must not be above high")];
}

/// <summary>Its setter checks what no annotation says.</summary>
public sealed record Strict
{
    private readonly int _even;

    public int Even
    {
        get => _even;
        init => _even = value % 2 == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "must be even");
    }

    [System.ComponentModel.DataAnnotations.MinLength(1)]
    public IReadOnlyList<int> Codes { get; init; } = [1];

    public required int Size { get; init; }
}
