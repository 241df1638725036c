using System.Reflection;
using System.Runtime.Loader;
using Evenhand.Tuning.Storage;

namespace Evenhand.Tuning.Tests.Storage;

[TestClass]
public sealed class SqliteLibraryTests
{
    [TestMethod]
    public void Open_HostThatLoadsEachAssemblyByItsPath_FindsSqlite()
    {
        using var folder = new TemporaryFolder();
        var assembly = new PathContext().LoadFromAssemblyPath(typeof(SqliteStorage).Assembly.Location);
        var type = assembly.GetType(typeof(SqliteStorage).FullName!)!;
        var access = assembly.GetType(typeof(StorageAccess).FullName!)!;
        Assert.AreNotEqual(typeof(SqliteStorage), type);

        using var storage = (IDisposable)Activator.CreateInstance(
            type, folder.File("studies.db"), Enum.ToObject(access, (int)StorageAccess.Create))!;

        Assert.IsTrue(File.Exists(folder.File("studies.db")));
    }

    /// <summary>As kernels of notebooks load assemblies: each into a context of its own, and again whenever one asks
    /// for it.</summary>
    private sealed class PathContext : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
            return File.Exists(path) ? new PathContext().LoadFromAssemblyPath(path) : null;
        }
    }
}
