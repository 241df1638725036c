using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Documentation;

/// <summary>Reads what the XML comments in the code say of types and members, from the XML files beside the
/// assemblies.</summary>
/// <remarks>Where such a file is missing, nothing is known: schemas and pages are made without descriptions.</remarks>
internal static partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = [];

    /// <summary>The summary as Markdown in one line; empty where there is none.</summary>
    public static string Summary(MemberInfo member) => Read(member, "summary");

    /// <summary>What the comment says of the default; empty where it says nothing.</summary>
    public static string Default(MemberInfo member)
    {
        var text = Read(member, "value").TrimEnd('.');
        return text.StartsWith("Default: ", StringComparison.Ordinal) ? text["Default: ".Length..] : text;
    }

    private static string Read(MemberInfo member, string part)
    {
        var assembly = member.Module.Assembly;
        var members = Files.GetOrAdd(assembly, Load);
        return members.TryGetValue(Id(member), out var comment) && comment.Element(part) is { } element
            ? Blanks().Replace(Text(element), " ").Trim()
            : "";
    }

    private static IReadOnlyDictionary<string, XElement> Load(Assembly assembly)
    {
        // That of an extension lies beside it; a program may be one file, and its assemblies have no place then.
        var folder = assembly.Location.Length > 0 ? Path.GetDirectoryName(assembly.Location)! : AppContext.BaseDirectory;
        var path = Path.Combine(folder, $"{assembly.GetName().Name}.xml");
        return !File.Exists(path)
            ? new Dictionary<string, XElement>()
            : XDocument.Load(path).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!);
    }

    private static string Id(MemberInfo member) => member switch
    {
        Type type => $"T:{type.FullName!.Replace('+', '.')}",
        PropertyInfo => $"P:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}",
        FieldInfo => $"F:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}",
        _ => throw new ArgumentException($"no documentation is read for {member}", nameof(member)),
    };

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" or "seealso" } link => Reference(link),
                XElement { Name.LocalName: "paramref" } parameter => (string?)parameter.Attribute("name"),
                XElement other => $" {Text(other)} ",
                _ => "",
            });
        }

        return text.ToString();
    }

    // A user knows a property by its key, and a type by the words of its name: `LoadReport` is a load report.
    private static string Reference(XElement link)
    {
        var target = (string?)link.Attribute("cref") ?? (string?)link.Attribute("langword") ?? "";
        var name = target[(target.LastIndexOf('.') + 1)..].TrimEnd(')', '(');
        return target.StartsWith("P:", StringComparison.Ordinal)
            ? $"`{YamlNames.Key(name)}`"
            : JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
