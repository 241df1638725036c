using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Simulation;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Files;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tasks;

namespace Evenhand.Experiments.Running;

/// <summary>An experiment's data: loaded, with the groups that the experiment names, split into three parts.</summary>
public sealed class ExperimentData
{
    private ExperimentData(DataSplit split, DatasetFacts facts)
    {
        Split = split;
        Facts = facts with { Items = split.Test.ItemColumn?.Vocabulary.Count, Split = split.Checksum() };
    }

    /// <summary>The three parts.</summary>
    public DataSplit Split { get; }

    /// <summary>What the data is.</summary>
    public DatasetFacts Facts { get; }

    /// <summary>The users and items that a list for the test part leaves out: those of training and
    /// validation.</summary>
    public Dataset SeenBeforeTest => Interactions.Join([Split.Train, Split.Validation])!;

    /// <summary>The users and items of all three parts: what nobody needs to be recommended again.</summary>
    public Dataset SeenAtAll => Interactions.Join([Split.Train, Split.Validation, Split.Test])!;

    /// <summary>Loads or simulates the data of an experiment and splits it.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="dataRoot">The folder of the data sets, or null for the usual ones.</param>
    /// <param name="listener">Told of progress and of rows that are left out.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">A file is missing or malformed, or the data does not fit the
    /// experiment.</exception>
    public static ExperimentData Load(
        ExperimentPlan plan, string? dataRoot, IRunListener listener, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(listener);
        var seeds = new SeedTree(plan.Experiment.Seed);
        var options = plan.Experiment.Split;
        if (options.Strategy == SplitStrategy.Files)
        {
            var sources = new List<(string File, string Sha256)>();
            var train = Read(options.TrainFile)!;
            var test = Read(options.TestFile)!;
            var validation = Read(options.ValidationFile);
            var rows = train.RowCount + test.RowCount + (validation?.RowCount ?? 0);
            return new ExperimentData(
                Extend(plan, DataSplit.FromParts(train, validation, test, options, seeds), cancellationToken),
                new DatasetFacts(train.Name, rows, WithOtherFiles(
                    plan, FileHashes.Combine(sources), cancellationToken)));

            Dataset? Read(string? file)
            {
                if (file is null)
                {
                    return null;
                }

                var part = LoadFile(plan, file, dataRoot, listener, cancellationToken);
                sources.Add((file, part.Sha256!));
                return Prepare(plan.Experiment, part, listener);
            }
        }

        var data = Prepare(plan.Experiment, LoadWhole(plan, dataRoot, seeds, listener, cancellationToken), listener);
        return new ExperimentData(
            Extend(plan, Splitter.Split(data, options, seeds), cancellationToken),
            new DatasetFacts(data.Name, data.RowCount, WithOtherFiles(plan, data.Sha256, cancellationToken)));
    }

    /// <summary>Checks that this is the data of an earlier run, so that its trials can be compared with new
    /// ones.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public void CheckSame(DatasetFacts earlier)
    {
        if (Facts.IsSameAs(earlier with { Split = Facts.Split }) && !Facts.IsSameAs(earlier))
        {
            throw new InputException(
                "The data is the same as when the study began and is split otherwise, as another version of Evenhand "
                + "did it. Its trials cannot be compared with new ones; start a new study with 'evenhand run'.");
        }

        if (!Facts.IsSameAs(earlier))
        {
            throw new InputException(
                $"The data has changed since the study began: {Describe(earlier)} then, {Describe(Facts)} now. "
                + "Its trials cannot be compared with new ones; start a new study with 'evenhand run'.");
        }

        static string Describe(DatasetFacts facts) => string.Create(
            CultureInfo.InvariantCulture,
            $"{facts.Name} with {facts.Rows} rows, SHA-256 {facts.Sha256?[..8] ?? "none"}");
    }

    private static Dataset LoadWhole(
        ExperimentPlan plan,
        string? dataRoot,
        SeedTree seeds,
        IRunListener listener,
        CancellationToken cancellationToken)
    {
        if (plan.Source.Section.IsSimulated)
        {
            listener.PhaseBegun("simulating a marketplace");
            var simulator = plan.Source.Section.Simulator ?? new SimulatorOptions();
            if (simulator.Label == SimulatorLabel.Rating)
            {
                simulator = simulator with { Label = plan.Experiment.PredictionTask.Target.SimulatorLabel };
            }

            return SimulatedData.Generate(simulator, seeds, cancellationToken);
        }

        return Load(plan.Source.Described, plan, dataRoot, listener, cancellationToken);
    }

    private static Dataset LoadFile(
        ExperimentPlan plan,
        string file,
        string? dataRoot,
        IRunListener listener,
        CancellationToken cancellationToken)
    {
        var descriptor = plan.Source.Described;
        var rows = descriptor.Rows with { Files = [new FileDescriptor { Path = plan.File.Resolve(file) }] };
        return Load(descriptor with { Rows = rows }, plan, dataRoot, listener, cancellationToken);
    }

    private static Dataset Load(
        DatasetDescriptor descriptor,
        ExperimentPlan plan,
        string? dataRoot,
        IRunListener listener,
        CancellationToken cancellationToken)
    {
        var experiment = plan.Experiment;
        listener.PhaseBegun($"reading {descriptor.Name}");
        var parts = experiment.Data.Groups.All.SelectMany(g => GroupsSection.Parts(g.Entry.Value)).ToHashSet();
        var data = DatasetLoader.Load(
            descriptor,
            new LoadOptions
            {
                DataRoot = dataRoot,
                OnBadRow = experiment.Data.OnBadRow,
                Formats = plan.Registry.All<TableFormatDescriptor>(),
                Groups = Enum.GetValues<GroupSide>().ToDictionary(
                    side => side, side => (IReadOnlyList<string>)[.. descriptor.Groups.On(side).Where(parts.Contains)]),
                Progress = listener.Advanced,
                CancellationToken = cancellationToken,
            },
            out var report);
        foreach (var warning in report.Warnings())
        {
            listener.Noted(warning);
        }

        return data;
    }

    // Only the groups that the experiment names, crossings included, and only rows that can be learned from.
    private static Dataset Prepare(Experiment experiment, Dataset data, IRunListener listener)
    {
        var groups = experiment.Data.Groups.All
            .Where(g => !IsPopularityBand(data, g.Side, g.Entry.Value))
            .Select(g => Attribute(data, g.Entry.Value)).ToArray();
        var task = experiment.PredictionTask;
        if (task.Target.NeedsLabel)
        {
            var label = data.Label ?? throw new InputException($"The data set '{data.Name}' has no label.");
            if (task.LabelProblem(LabelTypes.Of(label)) is { } problem)
            {
                throw new InputException($"The label '{label.Name}' of '{data.Name}' {problem}");
            }
        }

        var usable = Enumerable.Range(0, data.RowCount)
            .Where(row => task.Input.Has(data, row) && !(task.Target.NeedsLabel && data.Label!.IsMissing(row)))
            .ToArray();
        data = data.WithGroups(groups);
        if (usable.Length == data.RowCount)
        {
            return data;
        }

        listener.Noted(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.RowCount - usable.Length} of {data.RowCount} rows left out: no {task.RowNeeds}"));
        return usable.Length > 0
            ? data.Select(usable)
            : throw new InputException($"The data set '{data.Name}' has no row with {task.RowNeeds}.");
    }

    // After the split, because they come from the training part. They stand last: groups are found by name.
    private static DataSplit WithPopularityBands(Experiment experiment, DataSplit split) =>
        experiment.Data.Groups.All.Any(g => g.Entry.Value == PopularityBands.Name)
        && split.Train.FindGroup(PopularityBands.Name) is null
            ? PopularityBands.AddTo(split)
            : split;

    private static DataSplit Extend(ExperimentPlan plan, DataSplit split, CancellationToken cancellationToken) =>
        plan.Experiment.Data.Identity.Aggregate(
            WithPopularityBands(plan.Experiment, split),
            (extended, entry) => IdentityGroups.AddTo(
                extended, entry.Attribute.Value, entry.Read(plan.File.Resolve), cancellationToken));

    // Lexicons, tables and pretrained encoders of the user's own decide on figures as the data does.
    private static string? WithOtherFiles(ExperimentPlan plan, string? sha256, CancellationToken cancellationToken)
    {
        string[] files =
        [
            .. plan.Experiment.Data.Identity.Where(entry => entry.IsFile).Select(entry => entry.Lexicon.Value),
            .. FilePathOptions.Of(plan.Experiment, plan.File),
        ];
        return files.Length == 0 ? sha256 : FileHashes.Combine(
        [
            ("", sha256 ?? ""),
            .. files.Distinct().Select(
                file => (file, FileHashes.OfFile(plan.File.Resolve(file), cancellationToken))),
        ]);
    }

    private static bool IsPopularityBand(Dataset data, GroupSide side, string entry) => PopularityBands.IsAskedFor(
        side, entry, data.Groups.Where(g => g.Side == side).Select(g => g.Name));

    private static GroupAttribute Attribute(Dataset data, string entry)
    {
        var parts = Array.ConvertAll(GroupsSection.Parts(entry), name => data.FindGroup(name)
            ?? throw new InputException($"The data set '{data.Name}' has no group '{name}'."
                + NearestName.Hint(name, [.. data.Groups.Select(g => g.Name)])));
        return parts.Length == 1 ? parts[0] : GroupCrossing.Cross(data, parts) with { Name = entry };
    }
}
