using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Catalogue;

/// <summary>Reads descriptors from YAML.</summary>
public static class DescriptorFile
{
    /// <summary>Reads a descriptor of the user's own; its files lie in the folder of the descriptor.</summary>
    /// <exception cref="InputException">The file cannot be read or is not valid: every mistake is named.</exception>
    public static DatasetDescriptor Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Path.Exists(path))
        {
            throw new InputException($"{path}: there is no such descriptor.");
        }

        return Parse(path, InputFile.ReadText(path)) with { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) };
    }

    /// <summary>Reads a descriptor of the catalogue's form; its files lie under the data root.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="text">The YAML.</param>
    /// <exception cref="InputException">It is not valid: every mistake is named.</exception>
    public static DatasetDescriptor Parse(string file, string text)
    {
        var problems = new YamlProblems();
        var root = YamlReader.Read(file, text, problems);
        var descriptor = root is null ? null : YamlBinder.Bind<DatasetDescriptor>(root, problems);
        problems.ThrowIfAny();
        DescriptorChecks.Check(descriptor!, root!, problems);
        problems.ThrowIfAny();
        return descriptor!;
    }
}
