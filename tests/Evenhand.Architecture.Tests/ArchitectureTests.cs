using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Evenhand.Architecture.Tests.Assemblies;
using Evenhand.Architecture.Tests.References;

namespace Evenhand.Architecture.Tests;

/// <summary>What the assemblies of src are held to, read from what they were compiled to.</summary>
[TestClass]
public sealed class ArchitectureTests
{
    public static IEnumerable<object[]> Assemblies => SourceAssemblies.Names.Select(name => new object[] { name });

    [TestMethod]
    public void Order_AssembliesBesideTheTests_AreAllInIt()
    {
        var present = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.StartsWith("evenhand", StringComparison.OrdinalIgnoreCase)
                && name != typeof(ArchitectureTests).Assembly.GetName().Name);
        CollectionAssert.AreEquivalent(SourceAssemblies.Names.ToArray(), present.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void References_OfAnAssembly_PointDown(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var against = assembly.References.Where(SourceAssemblies.Order.ContainsKey)
            .Except(SourceAssemblies.Order[name]);
        AssertNone(against, $"{name} must not refer to");
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Internals_OfAnAssembly_AreOpenToNoOtherOfSource(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var types = new AttributeTypes(new Dictionary<string, TypeDefinitionHandle>());
        var metadata = assembly.Metadata;
        var friends = metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute)
            .Where(attribute => IsInternalsVisibleTo(metadata, attribute))
            .Select(attribute => (string)attribute.DecodeValue(types).FixedArguments[0].Value!)
            .Select(friend => friend.Split(',')[0].Trim())
            .Where(friend => SourceAssemblies.Names.Contains(friend, StringComparer.OrdinalIgnoreCase));
        AssertNone(friends, $"{name} shows its internals to");
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Namespaces_OfAnAssembly_HaveNoCycles(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var graph = NamespaceGraph.Of(assembly);
        Assert.IsEmpty(graph.Cycles(), $"{name}\n{graph.Describe()}");
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Namespaces_OfAnAssembly_AreFolders(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var files = SourceFiles.Of(assembly);
        var elsewhere = files
            .Where(type => assembly.IsWritten(type.Key))
            .SelectMany(type => type, (type, path) =>
                (Space: assembly.Namespace(type.Key), Name: assembly.TypeName(type.Key), Path: path))
            .Where(type => type.Path != $"src/{Folder(name, type.Space)}/{Path.GetFileName(type.Path)}")
            .Select(type => $"{type.Space}.{type.Name} in {type.Path}")
            .Order(StringComparer.Ordinal);
        Assert.IsNotEmpty(files);
        AssertNone(elsewhere, $"{name}: the namespace is not that of the folder:");
    }

    private static void AssertNone(IEnumerable<string> found, string what)
    {
        var all = found.ToList();
        Assert.IsEmpty(all, $"{what}\n{string.Join('\n', all)}");
    }

    // Evenhand.Data and Evenhand.Data.Reading.Csv to Evenhand.Data/Reading/Csv.
    private static string Folder(string assembly, string space)
    {
        var root = assembly == "evenhand" ? "Evenhand.Cli" : assembly;
        return space == root ? root
            : space.StartsWith($"{root}.", StringComparison.Ordinal)
                ? $"{root}/{space[(root.Length + 1)..].Replace('.', '/')}"
            : $"{root}/(outside of the root namespace)";
    }

    private static bool IsInternalsVisibleTo(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is var parent
        && parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
            == nameof(InternalsVisibleToAttribute);
}
