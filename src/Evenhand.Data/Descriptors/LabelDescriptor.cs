using Evenhand.Configuration.Yaml;

namespace Evenhand.Data.Descriptors;

/// <summary>The column to predict.</summary>
public sealed record LabelDescriptor
{
    /// <summary>Name of a column of the rows, read or derived.</summary>
    public required string Column { get; init; }

    /// <summary>The values that count as 1, the favourable or the sought outcome. The column then becomes a number: 1,
    /// 0, or missing. A set of categories counts as 1 where any of them does.</summary>
    /// <value>Default: the column stays as it is: a category is one class of several, a set of categories any number of
    /// labels.</value>
    public IReadOnlyList<string>? Positive { get; init; }

    /// <summary>The values that count as 0; any other value is an error.</summary>
    /// <value>Default: every value that is not positive and not missing.</value>
    public IReadOnlyList<string>? Negative { get; init; }

    /// <summary>Where it is written.</summary>
    public YamlPlace Place { get; init; }
}
