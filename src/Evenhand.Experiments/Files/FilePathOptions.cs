using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Reading;
using Evenhand.Tuning.Space;

namespace Evenhand.Experiments.Files;

/// <summary>The files and folders that options of learners and mitigations name.</summary>
internal static class FilePathOptions
{
    /// <summary>Checks that they are there.</summary>
    public static void Check(Experiment experiment, ExperimentFile file, YamlProblems problems)
    {
        foreach (var (name, settings, place) in EntriesOf(experiment))
        {
            foreach (var (setting, path) in PathsOf(settings))
            {
                var full = file.Resolve(path);
                var isFolder = IsFolder(setting);
                if (!(isFolder ? Directory.Exists(full) : File.Exists(full)))
                {
                    var kind = isFolder ? "folder" : "file";
                    problems.Add(place, $"{setting.Name} of '{name}': the {kind} {full} does not exist");
                }
                else if (!isFolder)
                {
                    CheckPlain($"{setting.Name} of '{name}'", full, place, problems);
                }
            }
        }
    }

    /// <summary>The files that are named, those of folders among them, as paths relative to the experiment file where
    /// they are written so.</summary>
    public static IEnumerable<string> Of(Experiment experiment, ExperimentFile file) => EntriesOf(experiment)
        .SelectMany(entry => PathsOf(entry.Settings))
        .SelectMany(named => IsFolder(named.Setting)
            ? Directory.EnumerateFiles(file.Resolve(named.Path))
                .Select(path => $"{named.Path.TrimEnd('/')}/{Path.GetFileName(path)}")
            : [named.Path]);

    /// <summary>The texts that an option may have; empty where it is not set.</summary>
    public static IEnumerable<string> TextsOf(OptionSetting? setting) => setting switch
    {
        FixedOption { Value: string text } => [text],
        SearchedOption { Domain: CategoricalDomain domain } => domain.Choices.Select(choice => choice.AsString),
        _ => [],
    };

    /// <summary>The attribute of an option that is a path; null of others.</summary>
    public static FilePathAttribute? AttributeOf(OptionSetting setting) => AttributeOf(setting.Key.Key);

    /// <summary>The attribute of an option that is a path; null of others.</summary>
    public static FilePathAttribute? AttributeOf(YamlKey key) => key.Property.GetCustomAttribute<FilePathAttribute>();

    private static void CheckPlain(string option, string file, YamlPlace place, YamlProblems problems)
    {
        try
        {
            InputFile.RequirePlain(file);
        }
        catch (InputException error)
        {
            problems.Add(place, $"{option}: {error.Message}");
        }
    }

    private static bool IsFolder(OptionSetting setting) => AttributeOf(setting)!.Folder;

    private static IEnumerable<(string Name, IReadOnlyList<OptionSetting> Settings, YamlPlace Place)> EntriesOf(
        Experiment experiment) =>
        experiment.Learners.SelectMany(WithMembers)
            .Select(entry => (entry.Learner.Name, entry.Settings, entry.Place))
            .Concat(experiment.Mitigation.All.Select(listed => listed.Entry)
                .Where(entry => entry.Mitigation is not null)
                .Select(entry => (entry.Mitigation!.Name, entry.Settings, entry.Place)));

    private static IEnumerable<LearnerEntry> WithMembers(LearnerEntry entry) =>
        entry.Members.SelectMany(WithMembers).Prepend(entry);

    private static IEnumerable<(OptionSetting Setting, string Path)> PathsOf(IReadOnlyList<OptionSetting> settings) =>
        settings.Where(setting => AttributeOf(setting) is not null)
            .SelectMany(setting => TextsOf(setting)
                .Where(path => path.Length > 0 || !AttributeOf(setting)!.Optional)
                .Select(path => (setting, path)));
}
