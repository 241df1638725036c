using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Evenhand.Architecture.Tests.Assemblies;

/// <summary>An assembly as a file: its metadata and its code, not loaded.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;

    private CompiledAssembly(string path)
    {
        Path = path;
        _file = new PEReader(File.OpenRead(path));
        Metadata = _file.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
    }

    public string Path { get; }

    public string Name { get; }

    public MetadataReader Metadata { get; }

    /// <summary>The names of all assemblies that it refers to.</summary>
    public IEnumerable<string> References =>
        Metadata.AssemblyReferences.Select(r => Metadata.GetString(Metadata.GetAssemblyReference(r).Name));

    /// <summary>Opens an assembly that lies beside the tests.</summary>
    public static CompiledAssembly Open(string name) =>
        new(System.IO.Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));

    /// <summary>The code of a method; none where it is abstract or of the runtime.</summary>
    public MethodBodyBlock? Body(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? null : _file.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>The type that a nested type is written in, itself for others.</summary>
    public TypeDefinitionHandle Outermost(TypeDefinitionHandle type)
    {
        while (Metadata.GetTypeDefinition(type).GetDeclaringType() is { IsNil: false } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>Whether somebody wrote a type: the compiler's own have no namespace, or no name of C#.</summary>
    public bool IsWritten(TypeDefinitionHandle outermost)
    {
        var type = Metadata.GetTypeDefinition(outermost);
        return !type.Namespace.IsNil && !Metadata.GetString(type.Name).StartsWith('<');
    }

    public string Namespace(TypeDefinitionHandle type) =>
        Metadata.GetString(Metadata.GetTypeDefinition(type).Namespace);

    public string TypeName(TypeDefinitionHandle type) => Metadata.GetString(Metadata.GetTypeDefinition(type).Name);

    public void Dispose() => _file.Dispose();
}
