using System.Reflection.Metadata;

namespace Evenhand.Architecture.Tests.Assemblies;

/// <summary>The files that the types of an assembly were compiled from, as the portable PDB beside it says.</summary>
internal static class SourceFiles
{
    // "TypeDefinitionDocuments" of the format: where types without code are written, such as interfaces.
    private static readonly Guid _typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>By outermost type its files, from <c>src/</c> on; without those that were generated.</summary>
    public static ILookup<TypeDefinitionHandle, string> Of(CompiledAssembly assembly)
    {
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(
            File.OpenRead(Path.ChangeExtension(assembly.Path, ".pdb")));
        var symbols = pdb.GetMetadataReader();
        return assembly.Metadata.TypeDefinitions
            .SelectMany(type => Documents(symbols, assembly.Metadata, type)
                .Select(document => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/'))
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
                .Select(path => (Type: assembly.Outermost(type), Path: FromSource(path))))
            .Distinct()
            .ToLookup(file => file.Type, file => file.Path);
    }

    private static IEnumerable<DocumentHandle> Documents(
        MetadataReader symbols, MetadataReader metadata, TypeDefinitionHandle type)
    {
        foreach (var handle in symbols.GetCustomDebugInformation(type))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != _typeDocuments)
            {
                continue;
            }

            foreach (var document in Rows(symbols.GetBlobReader(information.Value)))
            {
                yield return document;
            }
        }

        foreach (var method in metadata.GetTypeDefinition(type).GetMethods())
        {
            foreach (var point in symbols.GetMethodDebugInformation(method).GetSequencePoints())
            {
                yield return point.Document;
            }
        }
    }

    private static List<DocumentHandle> Rows(BlobReader blob)
    {
        var rows = new List<DocumentHandle>();
        while (blob.RemainingBytes > 0)
        {
            rows.Add(System.Reflection.Metadata.Ecma335.MetadataTokens.DocumentHandle(blob.ReadCompressedInteger()));
        }

        return rows;
    }

    // Builds of CI map the checkout to /_/; its own path may have a src too.
    private static string FromSource(string path)
    {
        var at = path.LastIndexOf("/src/", StringComparison.Ordinal);
        return at < 0 ? path : path[(at + 1)..];
    }
}
