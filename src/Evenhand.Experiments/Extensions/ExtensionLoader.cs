using System.Reflection;
using System.Runtime.Loader;
using Evenhand.Configuration;
using Evenhand.Data.Loading;

namespace Evenhand.Experiments.Extensions;

/// <summary>Loads the assemblies of extensions and lets them add to a registry.</summary>
internal static class ExtensionLoader
{
    /// <summary>Loads an assembly and adds what its classes bring that implement
    /// <see cref="IEvenhandExtension"/>.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="registry">Takes the entries; where something is wrong it stays as it was.</param>
    /// <returns>The registry with the entries, and what to keep of the extension.</returns>
    /// <exception cref="InputException">The file is missing or no assembly, holds no extension, or a class of it
    /// fails.</exception>
    public static (Registry Registry, ExtensionRecord Record) Load(string path, Registry registry)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"there is no file {path}");
        }

        var sha256 = FileHashes.OfFile(path, default);
        var extended = registry.Copy();
        foreach (var type in ExtensionsOf(path))
        {
            try
            {
                extended.Add((IEvenhandExtension)Activator.CreateInstance(type)!);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                var problem = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
                throw new InputException($"{type.FullName} of {path} fails: {problem.Message}", problem);
            }
        }

        return (extended, ExtensionRecord.Of(path, sha256, registry, extended));
    }

    private static Type[] ExtensionsOf(string path)
    {
        Type[] types;
        try
        {
            types = new Context(path).LoadFromAssemblyPath(path).GetExportedTypes();
        }
        catch (BadImageFormatException e)
        {
            throw new InputException($"{path} is no .NET assembly", e);
        }
        catch (Exception e) when (e is IOException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new InputException($"{path} cannot be loaded: {e.Message}", e);
        }

        Type[] extensions =
        [
            .. types.Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IEvenhandExtension))),
        ];
        if (extensions.Length == 0)
        {
            throw new InputException($"{path} has no public class that implements {nameof(IEvenhandExtension)}");
        }

        return extensions.FirstOrDefault(type => type.GetConstructor(Type.EmptyTypes) is null) is { } without
            ? throw new InputException($"{without.FullName} of {path} has no public constructor without parameters")
            : extensions;
    }

    // Evenhand's own assemblies and the platform's are the program's; what else an extension needs lies beside it.
    private sealed class Context(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var beside = Path.Combine(Path.GetDirectoryName(path)!, $"{assemblyName.Name}.dll");
            return IsLoaded(assemblyName) || !File.Exists(beside) ? null : LoadFromAssemblyPath(beside);
        }

        private static bool IsLoaded(AssemblyName name)
        {
            try
            {
                return Default.LoadFromAssemblyName(name) is not null;
            }
            catch (Exception e) when (e is IOException or BadImageFormatException)
            {
                return false;
            }
        }
    }
}
