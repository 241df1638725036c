namespace Evenhand.Configuration.Yaml;

/// <summary>Collects everything that is wrong with a document, so that the user sees it all at once.</summary>
public sealed class YamlProblems
{
    private readonly List<(YamlPlace Place, string Message)> _problems = [];

    /// <summary>What the names in the document stand for.</summary>
    /// <value>Default: empty, for documents that name nothing of the kind.</value>
    public Registry Registry { get; set; } = new();

    /// <summary>How many problems there are.</summary>
    public int Count => _problems.Count;

    /// <summary>Adds a problem at a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    public void Add(YamlPlace place, string message) => _problems.Add((place, message));

    /// <summary>Adds a problem with a node; the message starts with the node's path.</summary>
    /// <param name="element">The node.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    public void Add(YamlElement element, string message)
    {
        ArgumentNullException.ThrowIfNull(element);
        Add(element.Place, element.Path.Length == 0 ? message : $"{element.Path}: {message}");
    }

    /// <summary>Adds <c>expected ..., found ...</c> for a node.</summary>
    /// <param name="element">The node found.</param>
    /// <param name="expected">What was expected, with its article, such as <c>an integer</c>.</param>
    public void AddExpected(YamlElement element, string expected)
    {
        ArgumentNullException.ThrowIfNull(element);
        Add(element, $"expected {expected}, found {element.Describe()}");
    }

    /// <summary>Adds an unknown key, with the nearest valid one.</summary>
    /// <param name="parent">The mapping.</param>
    /// <param name="entry">The entry of the unknown key.</param>
    /// <param name="valid">The valid keys.</param>
    public void AddUnknownKey(YamlElement parent, YamlEntry entry, IReadOnlyCollection<string> valid)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(entry);
        var where = parent.Path.Length == 0 ? "" : $"{parent.Path}: ";
        Add(entry.Place, $"{where}unknown key '{entry.Key}'.{NearestName.Hint(entry.Key, valid)}");
    }

    /// <summary>Throws all problems as one exception, one line each in the order of their places; does nothing where
    /// there are none.</summary>
    /// <exception cref="InputException">There are problems; it carries the place of the first.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count == 0)
        {
            return;
        }

        // The same alias used twice is one mistake.
        var lines = _problems.Distinct().OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column).ToList();
        var (first, message) = lines[0];
        var rest = lines.Skip(1).Select(p => $"\n{p.Place}: {p.Message}");
        throw new InputException(first.File, first.Line, first.Column, message + string.Concat(rest));
    }
}
