using System.Reflection.Metadata;
using Evenhand.Architecture.Tests.Assemblies;

namespace Evenhand.Architecture.Tests.References;

/// <summary>
/// All types of an assembly that its types refer to: in declarations, attributes and code. Nested types, the
/// compiler's among them (closures, iterators), count as the outermost. A constant is compiled to its value and
/// leaves no reference.
/// </summary>
internal sealed class TypeReferences
{
    private readonly CompiledAssembly _assembly;
    private readonly MetadataReader _metadata;
    private readonly SignatureTypes _signatures;
    private readonly Dictionary<string, TypeDefinitionHandle> _names;
    private readonly AttributeTypes _attributes;
    private readonly HashSet<(TypeDefinitionHandle From, TypeDefinitionHandle To)> _found = [];
    private TypeDefinitionHandle _from;

    private TypeReferences(CompiledAssembly assembly)
    {
        _assembly = assembly;
        _metadata = assembly.Metadata;
        _signatures = new SignatureTypes(Add);
        _names = _metadata.TypeDefinitions.ToDictionary(FullName);
        _attributes = new AttributeTypes(_names);
    }

    public static IReadOnlySet<(TypeDefinitionHandle From, TypeDefinitionHandle To)> Of(CompiledAssembly assembly)
    {
        var references = new TypeReferences(assembly);
        foreach (var type in assembly.Metadata.TypeDefinitions.Where(t => assembly.IsWritten(assembly.Outermost(t))))
        {
            references._from = assembly.Outermost(type);
            references.AddType(assembly.Metadata.GetTypeDefinition(type));
        }

        return references._found;
    }

    private void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddParameters(type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations().Select(_metadata.GetInterfaceImplementation))
        {
            Add(implementation.Interface);
        }

        foreach (var implementation in type.GetMethodImplementations().Select(_metadata.GetMethodImplementation))
        {
            Add(implementation.MethodDeclaration);
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(_signatures, default);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            property.DecodeSignature(_signatures, default);
            AddAttributes(property.GetCustomAttributes());
        }

        foreach (var declared in type.GetEvents().Select(_metadata.GetEventDefinition))
        {
            Add(declared.Type);
            AddAttributes(declared.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            AddMethod(method);
        }
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(_signatures, default);
        AddAttributes(method.GetCustomAttributes());
        AddParameters(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
        {
            AddAttributes(_metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (_assembly.Body(method) is not { } body)
        {
            return;
        }

        Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            Add(region.CatchType);
        }

        foreach (var token in IlTokens.Of(body))
        {
            Add(token);
        }
    }

    private void AddParameters(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters.Select(_metadata.GetGenericParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
            foreach (var constraint in parameter.GetConstraints())
            {
                Add(_metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_metadata.GetCustomAttribute))
        {
            Add(attribute.Constructor);
            var value = attribute.DecodeValue(_attributes);
            foreach (var argument in value.FixedArguments)
            {
                AddArgument(argument.Type, argument.Value);
            }

            foreach (var argument in value.NamedArguments)
            {
                AddArgument(argument.Type, argument.Value);
            }
        }
    }

    // An argument that is a type is its name, with those of its generic arguments in brackets: A`1[[B, assembly]].
    // One of an enumeration is a number whose type is named.
    private void AddArgument(string type, object? value)
    {
        AddNamed(type);
        if (_attributes.IsSystemType(type) && value is string name)
        {
            foreach (var part in name.Split('[', ']', ','))
            {
                AddNamed(part.Trim());
            }
        }
        else if (value is IEnumerable<CustomAttributeTypedArgument<string>> items)
        {
            foreach (var item in items)
            {
                AddArgument(item.Type, item.Value);
            }
        }
    }

    private void AddNamed(string name)
    {
        if (_names.TryGetValue(name, out var type))
        {
            Add(type);
        }
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, default);
                break;
            case HandleKind.MethodDefinition:
                Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                method.DecodeSignature(_signatures, default);
                Add(method.Method);
                break;
            case HandleKind.StandaloneSignature:
                AddSignature(_metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
        }
    }

    private void AddSignature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(_signatures, default);
        }
        else
        {
            signature.DecodeMethodSignature(_signatures, default);
        }
    }

    private void Add(TypeDefinitionHandle type)
    {
        var to = _assembly.Outermost(type);
        if (to != _from && _assembly.IsWritten(to))
        {
            _found.Add((_from, to));
        }
    }

    // As attributes write it: Namespace.Outer+Inner.
    private string FullName(TypeDefinitionHandle handle)
    {
        var outer = _metadata.GetTypeDefinition(handle).GetDeclaringType();
        var name = _assembly.TypeName(handle);
        return !outer.IsNil ? $"{FullName(outer)}+{name}"
            : _assembly.Namespace(handle) is { Length: > 0 } space ? $"{space}.{name}"
            : name;
    }
}
