using System.IO.Compression;
using System.Text;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Tests.Reading;

/// <summary>A folder for the files of one test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenhand-data-");

    /// <summary>The path of the folder.</summary>
    public string Path => _folder.FullName;

    /// <summary>The path of a file.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of bytes; one that is named <c>.gz</c> or <c>.zip</c> is packed.</summary>
    public string Write(string name, byte[] content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal);
            gzip.Write(content);
        }
        else if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            WriteZip(name, ("inside.csv", content));
        }
        else
        {
            File.WriteAllBytes(path, content);
        }

        return path;
    }

    /// <summary>Writes a file of UTF-8 text.</summary>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a zip archive.</summary>
    public string WriteZip(string name, params (string Member, byte[] Content)[] members)
    {
        using var archive = ZipFile.Open(this[name], ZipArchiveMode.Create);
        foreach (var (member, content) in members)
        {
            using var stream = archive.CreateEntry(member).Open();
            stream.Write(content);
        }

        return this[name];
    }

    /// <summary>Writes a descriptor and reads it back.</summary>
    public DatasetDescriptor Describe(string yaml) => DescriptorFile.Read(Write("set.yaml", yaml));

    /// <summary>A descriptor of one table.</summary>
    public DatasetDescriptor DescribeRows(string file, string format, params string[] columns) => Describe($$"""
        name: test
        title: Test
        rows:
          files: [{ path: "{{file}}" }]
          format: { {{format}} }
          columns:
        {{string.Concat(columns.Select(c => $"    - {{ {c} }}\n"))}}
        """);

    /// <summary>Reads one table.</summary>
    public Table Read(string file, string format, params string[] columns) =>
        DatasetLoader.Load(DescribeRows(file, format, columns)).Rows;

    public void Dispose() => _folder.Delete(recursive: true);
}
