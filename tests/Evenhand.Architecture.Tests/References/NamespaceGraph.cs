using System.Reflection.Metadata;
using System.Text;
using Evenhand.Architecture.Tests.Assemblies;

namespace Evenhand.Architecture.Tests.References;

/// <summary>The namespaces of an assembly and what they use of each other; one below another is a node too.</summary>
internal sealed class NamespaceGraph
{
    private const int ShownTypes = 4;

    // By edge the uses, such as "Loader -> Row".
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _uses = [];

    private NamespaceGraph()
    {
    }

    public static NamespaceGraph Of(CompiledAssembly assembly)
    {
        var graph = new NamespaceGraph();
        foreach (var (from, to) in TypeReferences.Of(assembly))
        {
            var edge = (From: assembly.Namespace(from), To: assembly.Namespace(to));
            if (edge.From == edge.To)
            {
                continue;
            }

            if (!graph._uses.TryGetValue(edge, out var uses))
            {
                graph._uses.Add(edge, uses = new SortedSet<string>(StringComparer.Ordinal));
            }

            uses.Add($"{assembly.TypeName(from)} -> {assembly.TypeName(to)}");
        }

        return graph;
    }

    public IEnumerable<string> Uses(string from, string to) => _uses.TryGetValue((from, to), out var uses) ? uses : [];

    /// <summary>Sets of namespaces that all reach each other: none where there is no cycle.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles()
    {
        var reached = _uses.Keys.Select(edge => edge.From).Distinct().ToDictionary(from => from, Reached);
        return
        [
            .. reached.Keys.Where(from => reached[from].Contains(from))
                .GroupBy(from => string.Join(' ', Mutual(from).Order(StringComparer.Ordinal)))
                .Select(group => (IReadOnlyList<string>)[.. group.Order(StringComparer.Ordinal)]),
        ];

        IEnumerable<string> Mutual(string from) =>
            reached[from].Where(to => reached.TryGetValue(to, out var back) && back.Contains(from));
    }

    /// <summary>The cycles and what closes them, so that it is seen what to move; edges of few uses first.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var cycle in Cycles())
        {
            text.AppendLine($"These namespaces need each other: {string.Join(", ", cycle)}");
            foreach (var ((from, to), uses) in _uses
                .Where(edge => cycle.Contains(edge.Key.From) && cycle.Contains(edge.Key.To))
                .OrderBy(edge => edge.Value.Count))
            {
                var more = uses.Count > ShownTypes ? $", {uses.Count - ShownTypes} more" : "";
                text.AppendLine($"  {from} -> {to}: {string.Join(", ", uses.Take(ShownTypes))}{more}");
            }
        }

        return text.ToString();
    }

    private HashSet<string> Reached(string from)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out var node))
        {
            foreach (var (_, to) in _uses.Keys.Where(edge => edge.From == node && reached.Add(edge.To)))
            {
                open.Push(to);
            }
        }

        return reached;
    }
}
