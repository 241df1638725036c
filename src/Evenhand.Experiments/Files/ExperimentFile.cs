using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Experiments.Extensions;

namespace Evenhand.Experiments.Files;

/// <summary>Reads experiment files.</summary>
public static class ExperimentFile
{
    /// <summary>Reads and checks an experiment, with the files that it names: everything that can be known before data
    /// is read.</summary>
    /// <param name="path">Path of the experiment file.</param>
    /// <param name="registry">What the names in the file stand for.</param>
    /// <param name="overrides">
    /// Paths and values that take the place of the file's. A path is keys joined by dots, such as <c>budget.trials</c>;
    /// an entry of a list is named by its position from 0 or by its name, so that <c>learners.0.bias.userDamping</c>
    /// and <c>learners.bias.userDamping</c> are the same. A value is YAML.
    /// </param>
    /// <param name="dataRoot">The folder of the data sets; null to look for it where <see cref="DataRoot"/>
    /// does.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, or something in it is wrong: one line for each problem, with place and nearest valid
    /// name.
    /// </exception>
    public static Experiment Load(
        string path,
        Registry registry,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null,
        string? dataRoot = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var experiment = Parse(path, Read(path), registry, overrides);
        ExperimentValidator.CheckFiles(experiment, dataRoot);
        return experiment;
    }

    /// <summary>Reads and checks an experiment from text; other files that it names are not looked at.</summary>
    /// <remarks>What was once loaded parses again to the same experiment, even where its data is gone.</remarks>
    /// <param name="file">Path of the experiment file, for messages and for what is relative to it.</param>
    /// <param name="text">Its text.</param>
    /// <param name="registry">What the names in the text stand for.</param>
    /// <param name="overrides">Paths and values that take the place of the text's, as for <see cref="Load"/>.</param>
    /// <param name="extensions">Whether assemblies that the text names are loaded; null: as by
    /// <see cref="Load"/>.</param>
    /// <param name="isFormer">Whether the text was written for an earlier version, in which options had former names
    /// and no conditions.</param>
    /// <exception cref="InputException">Something is wrong: one line for each problem, with place and nearest valid
    /// name.</exception>
    public static Experiment Parse(
        string file,
        string text,
        Registry registry,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null,
        ExtensionSource? extensions = null,
        bool isFormer = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(registry);
        var problems = new YamlProblems { IsFormer = isFormer };
        var root = YamlReader.Read(file, text, problems);
        problems.ThrowIfAny();
        foreach (var change in overrides ?? [])
        {
            root = ExperimentOverride.Apply(root!, change, problems);
        }

        // What the names of the file stand for is known when its extensions are.
        var records = new List<ExtensionRecord>();
        problems.Registry = AddExtensions(file, root!, registry, extensions ?? ExtensionSource.Named, records, problems);
        problems.ThrowIfAny();
        var experiment = YamlBinder.Bind<Experiment>(root!, problems);
        if (experiment is not null)
        {
            experiment = experiment with { File = file, Text = text, Overrides = overrides ?? [] };
            experiment = experiment with { Registry = problems.Registry, ExtensionRecords = records };
            ExperimentValidator.Check(experiment, root!, problems);
        }

        problems.ThrowIfAny();
        return experiment! with
        {
            Space = new LearnerSpace(experiment.Learners, experiment.Mitigation, experiment.Resolve),
        };
    }

    private static Registry AddExtensions(
        string file,
        YamlElement root,
        Registry registry,
        ExtensionSource source,
        List<ExtensionRecord> records,
        YamlProblems problems)
    {
        foreach (var item in root.Kind == YamlKind.Mapping ? root.Find("extensions")?.Value.Items ?? [] : [])
        {
            try
            {
                var path = Path.GetFullPath(item.Text, Path.GetDirectoryName(Path.GetFullPath(file))!);
                (registry, var record) = source.Add(path, registry);
                records.Add(record);
            }
            catch (InputException e)
            {
                problems.Add(item, e.Message);
            }
        }

        return registry;
    }

    private static string Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: this is a folder, not an experiment file.");
        }

        return Path.Exists(path)
            ? InputFile.ReadText(path)
            : throw new InputException(
                $"{path}: there is no such experiment file.{NearestFile.Hint(path, "*.y*ml")}");
    }
}
