using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Tasks;

namespace Evenhand.Experiments.Checks;

/// <summary>Checks an experiment against what is known of its data: the set exists, it fits the task, it has the
/// groups.</summary>
internal static class DataChecks
{
    public static void Check(Experiment experiment, DataSource source, YamlElement root, YamlProblems problems)
    {
        CheckGroupForm(experiment.Data.Groups, problems);
        IdentityChecks.Check(experiment, problems);
        if (OutlineOf(source, problems) is { } outline)
        {
            Check(experiment, outline, root.Find("split")?.Value.Place ?? root.Place, problems);
        }
    }

    /// <summary>Checks what the experiment says of its own data.</summary>
    public static void CheckOwn(DataSource source, YamlElement root, YamlProblems problems)
    {
        if (source.Section.Rows is not null)
        {
            // Groups are checked as those of other data are, crossings included.
            var own = source.Described with { Groups = new GroupsDescriptor() };
            own.Check(root.Find("data")!.Value, problems);
        }
    }

    /// <summary>Checks that the descriptor and the files that the experiment names are there, and what the descriptor
    /// says.</summary>
    public static void CheckFiles(
        Experiment experiment, ExperimentFile file, DataSource source, string? dataRoot, YamlProblems problems)
    {
        var data = experiment.Data;
        var split = experiment.Split;
        foreach (var part in new[] { split.TrainFile, split.ValidationFile, split.TestFile })
        {
            if (part is not null && !File.Exists(file.Resolve(part)))
            {
                problems.Add(experiment.Place, $"split: the file {file.Resolve(part)} does not exist");
            }
        }

        IdentityChecks.CheckFiles(experiment, file, problems);
        FilePathOptions.Check(experiment, file, problems);
        if (data.IsSimulated)
        {
            return;
        }

        try
        {
            if (data.IsDescriptorFile)
            {
                Check(experiment, OutlineOfNamed(source, problems), data.Place, problems);
            }

            CheckFormats(source.Described, data, problems);
            if (split.Strategy != SplitStrategy.Files)
            {
                source.Described.RequireFiles(dataRoot);
            }
        }
        catch (InputException e)
        {
            problems.Add(data.Source?.Place ?? data.Place, e.Message);
        }
    }

    // Not where a study is shown: then no extension is loaded, and no file read.
    private static void CheckFormats(DatasetDescriptor descriptor, DataSection data, YamlProblems problems)
    {
        var known = problems.Registry.Names<TableFormatDescriptor>();
        TableDescriptor?[] tables = [descriptor.Rows, descriptor.Users, descriptor.Items];
        foreach (var name in tables.Select(table => table?.Format.Reader).OfType<string>().Distinct().Except(known))
        {
            problems.Add(
                data.Source?.Place ?? data.Place,
                $"'{descriptor.Name}' is read by the table format '{name}', which no extension of the experiment brings."
                + NearestName.Hint(name, [.. known]));
        }
    }

    private static DataOutline? OutlineOf(DataSource source, YamlProblems problems)
    {
        var data = source.Section;
        if (data.IsSimulated || data.Rows is not null)
        {
            return DataOutline.Of(source);
        }

        // A descriptor file is read with the other files.
        if (data.Source is null || data.IsDescriptorFile)
        {
            return null;
        }

        try
        {
            return OutlineOfNamed(source, problems);
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

    private static DataOutline OutlineOfNamed(DataSource source, YamlProblems problems)
    {
        if (source.Section.Label is { } label)
        {
            source.Described.CheckLabel(label, problems);
        }

        return DataOutline.Of(source);
    }

    private static void Check(Experiment experiment, DataOutline outline, YamlPlace split, YamlProblems problems)
    {
        if (outline.CountsRows && experiment.Split.Strategy == SplitStrategy.Files)
        {
            problems.Add(
                split,
                $"split: '{outline.Name}' has filters that count or draw rows (minCount, kCore, sample), which are of "
                + "the data as a whole; strategy files reads each part by itself");
        }

        foreach (var (side, entry) in experiment.Data.Groups.All)
        {
            CheckGroup(side, entry, outline, problems);
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
        foreach (var need in Missing(experiment.PredictionTask, outline))
        {
            problems.Add(place, $"the data set '{outline.Name}' has no {need}, which the task {task} needs");
        }

        if (outline.LabelType is { } type && experiment.PredictionTask.LabelProblem(type) is { } problem)
        {
            problems.Add(place, $"the label of '{outline.Name}' {problem}");
        }

        var strategy = experiment.Split.Strategy;
        if (strategy is SplitStrategy.LeaveKOut or SplitStrategy.UserKFold or SplitStrategy.PerUser && !outline.HasUsers)
        {
            var name = YamlNames.Value(strategy);
            problems.Add(split, $"split: strategy {name} needs users, and '{outline.Name}' has none");
        }

        if (strategy == SplitStrategy.Time && !outline.HasTime)
        {
            problems.Add(split, $"split: strategy time needs a time column, and '{outline.Name}' has none");
        }

        var known = outline.Groups.Values.SelectMany(names => names).ToArray();
        foreach (var name in (experiment.Split.StratifyBy ?? []).Where(name => !known.Contains(name)))
        {
            var hint = NearestName.Hint(name, known);
            problems.Add(split, $"split.stratifyBy: '{outline.Name}' has no group '{name}'.{hint}");
        }

        if (experiment.Evaluation.Units == ResamplingUnit.User && !outline.HasUsers)
        {
            problems.Add(place, $"evaluation.units: user needs users, and '{outline.Name}' has none");
        }
    }

    private static IEnumerable<string> Missing(PredictionTask task, DataOutline outline) =>
    [
        .. task.Input.Required.Where(required => !outline.Roles.Contains(required.Role)).Select(required => required.Name),
        .. task.Target.NeedsLabel && !outline.HasLabel ? ["label"] : Array.Empty<string>(),
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

    private static void CheckGroup(GroupSide side, Located<string> entry, DataOutline outline, YamlProblems problems)
    {
        var parts = GroupsSection.Parts(entry.Value);
        if (PopularityBands.IsAskedFor(side, entry.Value, outline.Groups[side]))
        {
            return;
        }

        // Attributes of users and items together describe a row.
        var allowed = side == GroupSide.Row && parts.Length > 1
            ? [.. outline.Groups.Values.SelectMany(names => names)]
            : outline.Groups[side];
        foreach (var part in parts.Where(part => part.Length > 0 && !allowed.Contains(part)))
        {
            var owner = outline.Groups.FirstOrDefault(g => g.Value.Contains(part));
            if (owner.Value is not null)
            {
                var found = $"'{part}' is an attribute of the {YamlNames.Value(owner.Key)}";
                problems.Add(entry.Place, parts.Length > 1
                    ? $"{found}: cross attributes of different sides under row"
                    : $"{found}: put it under {YamlNames.Value(owner.Key)}");
                continue;
            }

            string[] all = [.. outline.Groups.Values.SelectMany(names => names)];
            var hint = NearestName.Of(part, allowed) ?? NearestName.Of(part, all);
            problems.Add(entry.Place, $"the data set '{outline.Name}' has no group '{part}'." + (hint is not null
                ? $" Did you mean '{hint}'?"
                : NearestName.Hint(part, all)));
        }
    }
}
