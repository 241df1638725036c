using System.Reflection;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;

namespace Evenhand.Experiments.Checks;

/// <summary>Checks the mitigations of an experiment: they stand under their stage, fit the task and the learners, and
/// name declared groups.</summary>
internal static class MitigationChecks
{
    public static void Check(Experiment experiment, DataSource source, YamlProblems problems)
    {
        var seen = new HashSet<(MitigationStage, string)>();
        foreach (var (stage, entry) in experiment.Mitigation.All)
        {
            var name = entry.Mitigation?.Name ?? MitigationEntry.None;
            if (!seen.Add((stage, name)))
            {
                problems.Add(entry.Place, $"'{name}' is there twice; put all its options in one entry");
            }

            if (entry.Mitigation is { } mitigation && Fits(experiment, stage, mitigation, entry.Place, problems))
            {
                CheckGroups(experiment, source, entry, mitigation, problems);
            }
        }
    }

    private static bool Fits(
        Experiment experiment,
        MitigationStage stage,
        MitigationDescriptor mitigation,
        YamlPlace place,
        YamlProblems problems)
    {
        if (mitigation.Stage != stage)
        {
            problems.Add(
                place, $"'{mitigation.Name}' belongs to the stage {Key(mitigation.Stage)}: list it under mitigation."
                + Key(mitigation.Stage));
            return false;
        }

        if (!mitigation.Tasks.Contains(experiment.Task))
        {
            var fitting = problems.Registry.All<MitigationDescriptor>()
                .Where(m => m.Stage == stage && m.Tasks.Contains(experiment.Task)).Select(m => m.Name).ToArray();
            problems.Add(
                place, $"'{mitigation.Name}' does not fit the task {YamlNames.Value(experiment.Task)}. "
                + (fitting.Length == 0 ? "None of this stage does." : $"These do: {string.Join(", ", fitting)}."));
            return false;
        }

        if (stage == MitigationStage.In && !experiment.Learners.Any(learner => learner.Supports(mitigation)))
        {
            var knowing = problems.Registry.All<LearnerDescriptor>()
                .Where(l => l.IsAvailable && !l.TakesMembers && l.Tasks.Contains(experiment.Task)
                    && mitigation.Create(mitigation.CreateDefaultOptions()) is InMitigation during
                    && l.Create(l.CreateDefaultOptions()).Supports(during))
                .Select(l => l.Name);
            problems.Add(
                place, $"no learner of the experiment can learn under '{mitigation.Name}' with the options given. "
                + $"By default these can: {string.Join(", ", knowing)}.");
            return false;
        }

        return true;
    }

    private static void CheckGroups(
        Experiment experiment,
        DataSource source,
        MitigationEntry entry,
        MitigationDescriptor mitigation,
        YamlProblems problems)
    {
        var declared = experiment.Data.DeclaredGroups.ToArray();
        var ofTerms = experiment.Data.Identity.Select(identity => identity.Attribute.Value).ToArray();
        foreach (var key in YamlShape.OfRecord(mitigation.OptionsType).Keys)
        {
            if (FilePathOptions.AttributeOf(key) is { Optional: false }
                && entry.Settings.All(s => s.Name != key.Name))
            {
                problems.Add(entry.Place, $"'{mitigation.Name}' needs {key.Name}: the path of a file");
            }

            if (key.Property.GetCustomAttribute<GroupNameAttribute>() is not { } attribute)
            {
                continue;
            }

            var sides = string.Join(" or ", attribute.Sides.Select(side => YamlNames.Value(side)));
            var fitting = attribute.OfTerms
                ? ofTerms
                : declared.Where(g => attribute.Sides.Contains(g.Side)).Select(g => g.Entry.Value).ToArray();
            var valid = fitting.Length == 0
                ? attribute.OfTerms
                    ? "; declare one under data.identity"
                    : $"; declare one under data.groups.{YamlNames.Value(attribute.Sides[0])}"
                : $"; declared: {string.Join(", ", fitting)}";
            var setting = entry.Settings.FirstOrDefault(s => s.Name == key.Name);
            if (setting is null && !attribute.Optional)
            {
                problems.Add(
                    entry.Place, $"'{mitigation.Name}' needs {key.Name}: the name of a group of the {sides}{valid}");
            }

            foreach (var name in FilePathOptions.TextsOf(setting).Where(name => !fitting.Contains(name)))
            {
                var other = declared.FirstOrDefault(g => g.Entry.Value == name);
                if (other.Entry is null && !attribute.OfTerms && MisspeltGroup.IsDeclared(source, name, problems))
                {
                    continue;
                }

                problems.Add(
                    entry.Place,
                    other.Entry is null
                        ? $"{key.Name} of '{mitigation.Name}': group '{name}' is not in data.groups{valid}"
                        : attribute.OfTerms
                        ? $"{key.Name} of '{mitigation.Name}': '{name}' is no attribute of identity terms{valid}"
                        : $"{key.Name} of '{mitigation.Name}': '{name}' is a group of the "
                            + $"{YamlNames.Value(other.Side)}, and one of the {sides} is needed{valid}");
            }
        }
    }

    private static string Key(MitigationStage stage) => YamlNames.Value(stage);
}
