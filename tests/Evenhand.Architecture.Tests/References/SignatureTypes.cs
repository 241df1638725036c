using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Evenhand.Architecture.Tests.References;

/// <summary>Nothing: signatures are walked for what they name, not for what they are.</summary>
internal readonly record struct None;

/// <summary>Hands each type of the assembly that a signature names to a listener.</summary>
internal sealed class SignatureTypes(Action<TypeDefinitionHandle> found) : ISignatureTypeProvider<None, None>
{
    public None GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        found(handle);
        return default;
    }

    public None GetTypeFromSpecification(
        MetadataReader reader, None genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public None GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => default;

    public None GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public None GetSZArrayType(None elementType) => default;

    public None GetArrayType(None elementType, ArrayShape shape) => default;

    public None GetByReferenceType(None elementType) => default;

    public None GetPointerType(None elementType) => default;

    public None GetPinnedType(None elementType) => default;

    public None GetFunctionPointerType(MethodSignature<None> signature) => default;

    public None GetGenericInstantiation(None genericType, ImmutableArray<None> typeArguments) => default;

    public None GetGenericMethodParameter(None genericContext, int index) => default;

    public None GetGenericTypeParameter(None genericContext, int index) => default;

    public None GetModifiedType(None modifier, None unmodifiedType, bool isRequired) => default;
}
