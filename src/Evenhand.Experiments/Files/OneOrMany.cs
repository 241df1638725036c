using System.Collections;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Files;

/// <summary>A list that may be written as its only item: <c>fairness: {...}</c> or <c>fairness: [{...},
/// {...}]</c>.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public sealed class OneOrMany<T> : IReadOnlyList<T>, IYamlBound<OneOrMany<T>>
    where T : notnull
{
    private readonly IReadOnlyList<T> _items;

    /// <summary>The given items.</summary>
    public OneOrMany(params IReadOnlyList<T> items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public static OneOrMany<T>? FromYaml(YamlElement element, YamlProblems problems)
    {
        ArgumentNullException.ThrowIfNull(element);
        var elements = element.Kind == YamlKind.List ? element.Items : [element];
        var items = elements.Select(e => YamlBinder.Bind<T>(e, problems)).OfType<T>().ToArray();
        return new OneOrMany<T>(items);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
