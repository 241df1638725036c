namespace Evenhand.Configuration.Yaml;

/// <summary>Collects everything that is wrong with a document, so that the user sees it all at once.</summary>
public sealed class YamlProblems
{
    private readonly List<(YamlPlace Place, string Message, string? Contradiction)> _problems = [];

    /// <summary>What the names in the document stand for.</summary>
    /// <value>Default: empty, for documents that name nothing of the kind.</value>
    public Registry Registry { get; set; } = new();

    /// <summary>Whether the document was written for an earlier version, in which options had their former names
    /// (<see cref="FormerNameAttribute"/>) and no conditions.</summary>
    /// <value>Default: false.</value>
    public bool IsFormer { get; set; }

    /// <summary>How many problems there are.</summary>
    public int Count => _problems.Count;

    /// <summary>How many values could not be taken as they are, apart from contradictions between good ones.</summary>
    internal int BadValues => _problems.Count(problem => problem.Contradiction is null);

    /// <summary>Adds a problem at a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    public void Add(YamlPlace place, string message) => _problems.Add((place, message, null));

    /// <summary>Adds a problem with a node; the message starts with the node's path.</summary>
    /// <param name="element">The node.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    public void Add(YamlElement element, string message)
    {
        ArgumentNullException.ThrowIfNull(element);
        Add(element.Place, element.Path.Length == 0 ? message : $"{element.Path}: {message}");
    }

    /// <summary>Adds a problem of an options record, at the place of the option that it names, or of the nearest
    /// mapping around it where the option is not written.</summary>
    /// <param name="element">The record's node.</param>
    /// <param name="problem">The problem, its path relative to that node.</param>
    public void Add(YamlElement element, OptionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(element);
        var path = OptionsValidator.Join(element.Path, problem.Path);
        // Where a section should not be there at all, its own contradictions do not matter.
        var below = YamlElement.ChildPath(path, "");
        _problems.RemoveAll(known => known.Contradiction?.StartsWith(below, StringComparison.Ordinal) == true);
        var message = path.Length == 0 ? problem.Message : $"{path}: {problem.Message}";
        _problems.Add((PlaceOf(element, problem.Path), message, path));
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
        if (_problems.Count > 0)
        {
            throw ToException();
        }
    }

    /// <summary>All problems, of which there is one at least, as one exception.</summary>
    public InputException ToException()
    {
        // The same alias used twice is one mistake.
        var lines = _problems.Distinct().OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column).ToList();
        var (first, message, _) = lines[0];
        var rest = lines.Skip(1).Select(p => $"\n{p.Place}: {p.Message}");
        return new InputException(first.File, first.Line, first.Column, message + string.Concat(rest));
    }

    // Where an option is written, or the nearest mapping around it.
    private static YamlPlace PlaceOf(YamlElement element, string path)
    {
        foreach (var key in path.Split('.'))
        {
            if (element.Find(key) is not { } entry)
            {
                break;
            }

            element = entry.Value;
        }

        return element.Place;
    }
}
