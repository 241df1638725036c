using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Checks;

/// <summary>Checks the identity terms of an experiment: the lexicons exist, the task has texts and classes, names are
/// free.</summary>
internal static class IdentityChecks
{
    public static void Check(Experiment experiment, YamlProblems problems)
    {
        var names = experiment.Data.Groups.All.Select(group => group.Entry.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in experiment.Data.Identity)
        {
            if (!experiment.PredictionTask.Input.IsText)
            {
                problems.Add(
                    entry.Lexicon.Place,
                    $"identity terms are looked for in the texts of a classification, and the task is "
                    + $"{YamlNames.Value(experiment.Task)}");
            }

            if (!names.Add(entry.Attribute.Value))
            {
                problems.Add(
                    entry.Lexicon.Place, $"group '{entry.Attribute.Value}' is there twice; give it another name");
            }

            CheckLexicon(entry, problems);
        }
    }

    /// <summary>Checks the lexicons that are files.</summary>
    public static void CheckFiles(Experiment experiment, ExperimentFile file, YamlProblems problems)
    {
        foreach (var entry in experiment.Data.Identity.Where(entry => entry.IsFile))
        {
            try
            {
                entry.Read(file.Resolve);
            }
            catch (InputException e)
            {
                problems.Add(entry.Lexicon.Place, e.Message);
            }
        }
    }

    private static void CheckLexicon(IdentityEntry entry, YamlProblems problems)
    {
        if (entry.IsFile)
        {
            if (entry.Language is { } language)
            {
                problems.Add(language.Place, "a lexicon of your own is in one language: leave out the key");
            }

            return;
        }

        try
        {
            entry.Read(path => path);
        }
        catch (InputException e)
        {
            var place = LexiconFile.Names.Contains(entry.Lexicon.Value) ? entry.Language?.Place : null;
            problems.Add(place ?? entry.Lexicon.Place, e.Message);
        }
    }
}
