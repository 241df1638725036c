using System.Reflection.Metadata;

namespace Evenhand.Architecture.Tests.References;

/// <summary>Reads the arguments of attributes; types are their names as they are written there.</summary>
internal sealed class AttributeTypes(IReadOnlyDictionary<string, TypeDefinitionHandle> types)
    : ICustomAttributeTypeProvider<string>
{
    private static readonly string _type = typeof(Type).FullName!;

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        types.First(named => named.Value == handle).Key;

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    public string GetTypeFromSerializedName(string name) => name;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetSystemType() => _type;

    public bool IsSystemType(string type) => type == _type;

    // Enumerations of other assemblies are not at hand; those of smaller numbers do not occur in attributes.
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;
}
