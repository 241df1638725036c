using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Storage;

/// <summary>Finds the parts of SQLite where the host does not read this program's list of files, such as the kernel of
/// a notebook or a script that refers to assemblies by their paths.</summary>
/// <remarks>Such hosts load each assembly into a context of its own, and one that is asked for in two versions twice:
/// SQLite's provider would be registered with one copy and looked for in the other. Loaded into one context beforehand,
/// there is one of each.</remarks>
internal static class SqliteLibrary
{
    private const string Provider = "SQLitePCLRaw.provider.e_sqlite3";

    private static readonly string[] Parts = ["SQLitePCLRaw.core", Provider, "SQLitePCLRaw.batteries_v2"];

    /// <summary>Call it before the first connection is made.</summary>
    public static void Prepare()
    {
        var sqlite = typeof(SqliteConnection).Assembly;
        var context = AssemblyLoadContext.GetLoadContext(sqlite);
        if (context is null || context == AssemblyLoadContext.Default)
        {
            return;
        }

        // A host that has its own order of files, such as one of plug-ins, knows where they are.
        var paths = Array.ConvertAll(Parts, part => Path.Combine(Folder(sqlite), $"{part}.dll"));
        if (!paths.All(File.Exists))
        {
            return;
        }

        foreach (var path in paths)
        {
            var assembly = context.LoadFromAssemblyPath(path);
            if (assembly.GetName().Name == Provider)
            {
                NativeLibrary.SetDllImportResolver(assembly, Resolve);
            }
        }
    }

    // Where the host would look; else where the build has put it.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (NativeLibrary.TryLoad(name, assembly, paths, out var library))
        {
            return library;
        }

        var folder = Path.Combine(Folder(assembly), "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, $"*{name}.*").FirstOrDefault() is { } file
            && NativeLibrary.TryLoad(file, out library)
                ? library
                : 0;
    }

    private static string Folder(Assembly assembly) =>
        Path.GetDirectoryName(assembly.Location) ?? AppContext.BaseDirectory;
}
