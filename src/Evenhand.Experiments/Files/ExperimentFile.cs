using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Reading;

namespace Evenhand.Experiments.Files;

/// <summary>The text of an experiment, and what was put in the place of parts of it: enough to read the experiment
/// again.</summary>
/// <param name="Path">Path of the file, as the user named it. Relative paths in the experiment start at its
/// folder.</param>
/// <param name="Text">What it says.</param>
/// <param name="Overrides">
/// Paths and values that take the place of the text's, in order. A path is keys joined by dots, such as
/// <c>budget.trials</c>; an entry of a list is named by its position from 0 or by its name, so that
/// <c>learners.0.bias.userDamping</c> and <c>learners.bias.userDamping</c> are the same. A value is YAML.
/// </param>
public sealed record ExperimentFile(
    string Path, string Text, IReadOnlyList<KeyValuePair<string, string>> Overrides)
{
    /// <summary>Whether the text was written for an earlier version, in which options had former names and no
    /// conditions.</summary>
    /// <value>false</value>
    public bool IsFormer { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="overrides">Paths and values that take the place of the file's; null for none.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static ExperimentFile Read(string path, IReadOnlyList<KeyValuePair<string, string>>? overrides = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: this is a folder, not an experiment file.");
        }

        return System.IO.Path.Exists(path)
            ? new ExperimentFile(path, InputFile.ReadText(path), overrides ?? [])
            : throw new InputException($"{path}: there is no such experiment file.{NearestFile.Hint(path, "*.y*ml")}");
    }

    /// <summary>Full path of something that the experiment names relative to its file.</summary>
    /// <param name="path">A path, absolute or relative to the folder of the file.</param>
    public string Resolve(string path) => System.IO.Path.GetFullPath(
        path,
        System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? Directory.GetCurrentDirectory());

    /// <summary>The text as YAML, with the overrides applied.</summary>
    /// <param name="problems">Receives what is wrong.</param>
    /// <exception cref="InputException">The text is no YAML.</exception>
    internal YamlElement ToYaml(YamlProblems problems)
    {
        var root = YamlReader.Read(Path, Text, problems);
        problems.ThrowIfAny();
        return Overrides.Aggregate(root!, (changed, change) => ExperimentOverride.Apply(changed, change, problems));
    }
}
