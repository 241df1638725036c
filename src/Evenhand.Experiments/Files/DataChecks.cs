using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Simulation;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Tasks;

namespace Evenhand.Experiments.Files;

/// <summary>Checks an experiment against what is known of its data: the set exists, it fits the task, it has the
/// groups.</summary>
internal static class DataChecks
{
    public static void Check(Experiment experiment, YamlElement root, YamlProblems problems)
    {
        CheckGroupForm(experiment.Data.Groups, problems);
        IdentityChecks.Check(experiment, problems);
        if (Facts(experiment, problems) is { } facts)
        {
            Check(experiment, facts, root.Find("split")?.Value.Place ?? root.Place, problems);
        }
    }

    /// <summary>Checks what the experiment says of its own data.</summary>
    public static void CheckOwn(Experiment experiment, YamlElement root, YamlProblems problems)
    {
        if (experiment.Data.Rows is not null)
        {
            // Groups are checked as those of other data are, crossings included.
            var own = experiment.ReadDescriptor() with { Groups = new GroupsDescriptor() };
            own.Check(root.Find("data")!.Value, problems);
        }
    }

    /// <summary>Checks that the descriptor and the files that the experiment names are there, and what the descriptor
    /// says.</summary>
    public static void CheckFiles(Experiment experiment, string? dataRoot, YamlProblems problems)
    {
        var data = experiment.Data;
        var split = experiment.Split;
        foreach (var file in new[] { split.TrainFile, split.ValidationFile, split.TestFile })
        {
            if (file is not null && !File.Exists(experiment.Resolve(file)))
            {
                problems.Add(experiment.Place, $"split: the file {experiment.Resolve(file)} does not exist");
            }
        }

        IdentityChecks.CheckFiles(experiment, problems);
        FilePathOptions.Check(experiment, problems);
        if (data.IsSimulated)
        {
            return;
        }

        try
        {
            var descriptor = experiment.ReadDescriptor();
            if (data.IsDescriptorFile)
            {
                Check(experiment, Facts(descriptor, data.Label, problems), data.Place, problems);
            }

            if (split.Strategy != SplitStrategy.Files)
            {
                descriptor.RequireFiles(dataRoot);
            }
        }
        catch (InputException e)
        {
            problems.Add(data.Source?.Place ?? data.Place, e.Message);
        }
    }

    private static DataFacts? Facts(Experiment experiment, YamlProblems problems)
    {
        var data = experiment.Data;
        if (data.IsSimulated)
        {
            return DataFacts.OfSimulator(data.Simulator?.Label ?? SimulatorLabel.Rating);
        }

        if (data.Rows is not null)
        {
            return DataFacts.OfOwn(experiment.ReadDescriptor());
        }

        // A descriptor file is read with the other files.
        if (data.Source is null || data.IsDescriptorFile)
        {
            return null;
        }

        try
        {
            return Facts(experiment.ReadDescriptor(), data.Label, problems);
        }
        catch (InputException e)
        {
            var near = NearestName.Of(data.Source.Value, [DataSection.SimulatorSource]);
            problems.Add(data.Source.Place, near is null
                ? $"{e.Message} Own data is named by the path of its descriptor, such as ./my-set.yaml."
                : $"There is no data set '{data.Source.Value}' in the catalogue. Did you mean '{near}'?");
            return null;
        }
    }

    private static DataFacts Facts(DatasetDescriptor descriptor, LabelDescriptor? label, YamlProblems problems)
    {
        if (label is not null)
        {
            descriptor.CheckLabel(label, problems);
        }

        return DataFacts.Of(descriptor);
    }

    private static void Check(Experiment experiment, DataFacts facts, YamlPlace split, YamlProblems problems)
    {
        if (facts.CountsRows && experiment.Split.Strategy == SplitStrategy.Files)
        {
            problems.Add(
                split,
                $"split: '{facts.Name}' has filters that count or draw rows (minCount, kCore, sample), which are of "
                + "the data as a whole; strategy files reads each part by itself");
        }

        foreach (var (side, entry) in experiment.Data.Groups.All)
        {
            CheckGroup(side, entry, facts, problems);
            if (experiment.PredictionTask.Target.IsRanking && side == GroupSide.Row)
            {
                problems.Add(
                    entry.Place,
                    $"group '{entry.Value}': rankings are measured by user and by item, so the groups of a top-n "
                    + "experiment are those under data.groups.user and data.groups.item");
            }
        }

        var place = experiment.Data.Source?.Place ?? experiment.Data.Place;
        var task = YamlNames.Value(experiment.Task);
        foreach (var need in Missing(experiment.PredictionTask, facts))
        {
            problems.Add(place, $"the data set '{facts.Name}' has no {need}, which the task {task} needs");
        }

        if (facts.LabelType is { } type && experiment.PredictionTask.LabelProblem(type) is { } problem)
        {
            problems.Add(place, $"the label of '{facts.Name}' {problem}");
        }

        var strategy = experiment.Split.Strategy;
        if (strategy is SplitStrategy.LeaveKOut or SplitStrategy.UserKFold or SplitStrategy.PerUser && !facts.HasUsers)
        {
            var name = YamlNames.Value(strategy);
            problems.Add(split, $"split: strategy {name} needs users, and '{facts.Name}' has none");
        }

        if (strategy == SplitStrategy.Time && !facts.HasTime)
        {
            problems.Add(split, $"split: strategy time needs a time column, and '{facts.Name}' has none");
        }

        var known = facts.Groups.Values.SelectMany(names => names).ToArray();
        foreach (var name in (experiment.Split.StratifyBy ?? []).Where(name => !known.Contains(name)))
        {
            var hint = NearestName.Hint(name, known);
            problems.Add(split, $"split.stratifyBy: '{facts.Name}' has no group '{name}'.{hint}");
        }

        if (experiment.Evaluation.Units == ResamplingUnit.User && !facts.HasUsers)
        {
            problems.Add(place, $"evaluation.units: user needs users, and '{facts.Name}' has none");
        }
    }

    private static IEnumerable<string> Missing(PredictionTask task, DataFacts facts) =>
    [
        .. task.Input.Required.Where(required => !facts.Roles.Contains(required.Role)).Select(required => required.Name),
        .. task.Target.NeedsLabel && !facts.HasLabel ? ["label"] : Array.Empty<string>(),
    ];

    private static void CheckGroupForm(GroupsSection groups, YamlProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, entry) in groups.All)
        {
            var parts = GroupsSection.Parts(entry.Value);
            if (parts.Any(part => part.Length == 0) || parts.Distinct().Count() < parts.Length)
            {
                problems.Add(
                    entry.Place,
                    $"a crossing names different attributes, such as gender*age-band; found '{entry.Value}'");
            }

            if (!seen.Add(entry.Value))
            {
                problems.Add(entry.Place, $"group '{entry.Value}' is there twice");
            }
        }
    }

    private static void CheckGroup(GroupSide side, Located<string> entry, DataFacts facts, YamlProblems problems)
    {
        var parts = GroupsSection.Parts(entry.Value);
        if (PopularityBands.IsAskedFor(side, entry.Value, facts.Groups[side]))
        {
            return;
        }

        // Attributes of users and items together describe a row.
        var allowed = side == GroupSide.Row && parts.Length > 1
            ? [.. facts.Groups.Values.SelectMany(names => names)]
            : facts.Groups[side];
        foreach (var part in parts.Where(part => part.Length > 0 && !allowed.Contains(part)))
        {
            var owner = facts.Groups.FirstOrDefault(g => g.Value.Contains(part));
            if (owner.Value is not null)
            {
                var found = $"'{part}' is an attribute of the {YamlNames.Value(owner.Key)}";
                problems.Add(entry.Place, parts.Length > 1
                    ? $"{found}: cross attributes of different sides under row"
                    : $"{found}: put it under {YamlNames.Value(owner.Key)}");
                continue;
            }

            string[] all = [.. facts.Groups.Values.SelectMany(names => names)];
            var hint = NearestName.Of(part, allowed) ?? NearestName.Of(part, all);
            problems.Add(entry.Place, $"the data set '{facts.Name}' has no group '{part}'." + (hint is not null
                ? $" Did you mean '{hint}'?"
                : NearestName.Hint(part, all)));
        }
    }
}
