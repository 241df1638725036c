using System.CommandLine;
using System.Text.Json;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Configuration.Yaml;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Fetching;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Simulation;
using Evenhand.Data.Summary;
using Evenhand.Learning;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand data list|describe|get</c>: the known data sets.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "The known data sets: what they hold, and how to get them.")
    {
        List(),
        Describe(),
        Get(),
    };

    private static Command List()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("list", "List the known data sets and whether they are here.") { data, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            DataSetEntry[] entries =
                [Simulator(), .. DataCatalogue.Default.Descriptors.Select(d => Entry(d, parsed.GetValue(data)))];
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(entries, SummaryJson.Default.IReadOnlyListDataSetEntry));
                return ExitCodes.Success;
            }

            ConsoleTable.Write(
                output,
                [("name", false), ("here", false), ("tasks", false), ("groups", false), ("title", false)],
                entries.Select(e => (IReadOnlyList<string>)
                [
                    e.Name,
                    e.Present ? "yes" : "no",
                    string.Join(", ", e.Tasks.Select(t => e.NotYet.Contains(t) ? $"{t} (not yet)" : t)),
                    string.Join(", ", e.Groups),
                    e.Title,
                ]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Describe()
    {
        var name = Name(
            "A known data set, such as ml-100k, simulator, or the path of a descriptor (.yaml, .yaml#variant).");
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var skip = new Option<bool>("--skip-bad-rows")
        {
            Description = "Leave out rows that cannot be read, instead of stopping.",
        };
        var command = new Command(
            "describe", "Show rows, columns, group sizes, base rates and missing values of a data set.")
        {
            name, data, skip, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetRequiredValue(name) == SimulatedData.Name)
            {
                var simulated = SimulatedData.Generate(new SimulatorOptions(), new SeedTree(0), cancellationToken);
                Write(
                    parsed.InvocationConfiguration.Output,
                    DatasetSummary.Of(simulated, cancellationToken),
                    parsed.GetValue(json),
                    (to, figures) => SummaryTable.Write(to, SimulatedData.Title, SimulatedData.Description, figures));
                return Task.FromResult(ExitCodes.Success);
            }

            var descriptor = DataCatalogue.Default.Resolve(parsed.GetRequiredValue(name));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            progress.Begin($"reading {descriptor.Name}");
            var dataset = DatasetLoader.Load(
                descriptor,
                new LoadOptions
                {
                    DataRoot = parsed.GetValue(data),
                    OnBadRow = parsed.GetValue(skip) ? BadRowPolicy.Skip : BadRowPolicy.Error,
                    Progress = work => progress.Report(work),
                    CancellationToken = cancellationToken,
                },
                out var report);
            progress.Dispose();
            foreach (var warning in report.Warnings())
            {
                parsed.InvocationConfiguration.Error.WriteLine(warning);
            }

            Write(
                parsed.InvocationConfiguration.Output,
                DatasetSummary.Of(dataset, cancellationToken),
                parsed.GetValue(json),
                (to, figures) => SummaryTable.Write(to, descriptor, figures, report));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void Write(
        TextWriter output, DatasetSummary summary, bool json, Action<TextWriter, DatasetSummary> writeTable)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(summary, SummaryJson.Default.DatasetSummary));
        }
        else
        {
            writeTable(output, summary);
        }
    }

    private static Command Get()
    {
        var name = Name("A known data set, such as ml-100k, or the path of a descriptor (.yaml).");
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var force = new Option<bool>("--force") { Description = "Fetch files that are here already." };
        var command = new Command("get", "Download a data set from its publisher, checked and resumed.")
        {
            name, data, force, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetRequiredValue(name) == SimulatedData.Name)
            {
                throw new InputException(
                    $"'{SimulatedData.Name}' is made by an experiment and not fetched; 'evenhand data describe "
                    + $"{SimulatedData.Name}' shows it.");
            }

            var descriptor = DataCatalogue.Default.Resolve(parsed.GetRequiredValue(name));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            progress.Begin($"fetching {descriptor.Name}");
            using var fetcher = new DatasetFetcher();
            var result = await fetcher.FetchAsync(
                descriptor,
                new FetchOptions
                {
                    DataRoot = parsed.GetValue(data),
                    Force = parsed.GetValue(force),
                    Progress = work => progress.Report(work),
                },
                cancellationToken);
            progress.Dispose();
            Write(parsed.InvocationConfiguration.Output, result, parsed.GetValue(json));
            if (result.Missing.Count == 0)
            {
                return ExitCodes.Success;
            }

            parsed.InvocationConfiguration.Error.WriteLine(
                $"evenhand: {string.Join(", ", result.Missing)} must be got by hand and put into {result.Folder}.\n"
                + result.Obtain);
            return ExitCodes.Failure;
        });
        return command;
    }

    private static void Write(TextWriter output, FetchResult result, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, SummaryJson.Default.FetchResult));
            return;
        }

        foreach (var file in result.Fetched)
        {
            output.WriteLine($"fetched {file}");
        }

        foreach (var file in result.Present)
        {
            output.WriteLine($"here already: {file}");
        }
    }

    private static Argument<string> Name(string description) => new("NAME") { Description = description };

    // Every experiment can be tried on it.
    private static DataSetEntry Simulator() => new(
        SimulatedData.Name,
        SimulatedData.Title,
        [.. Enum.GetValues<TaskKind>().Select(task => YamlNames.Value(task))],
        [],
        [.. MarketplaceSimulator.GroupNames.OrderBy(side => side.Key).SelectMany(side => side.Value)],
        true,
        "");

    private static DataSetEntry Entry(DatasetDescriptor descriptor, string? dataRoot) => new(
        descriptor.Name,
        descriptor.Title,
        [.. descriptor.Tasks.Select(t => YamlNames.Value(t))],
        [.. descriptor.Tasks.Where(t => !Enum.TryParse<TaskKind>($"{t}", out _)).Select(t => YamlNames.Value(t))],
        [.. Enum.GetValues<GroupSide>().SelectMany(descriptor.Groups.On)],
        IsPresent(descriptor, dataRoot),
        descriptor.Licence);

    private static bool IsPresent(DatasetDescriptor descriptor, string? dataRoot)
    {
        try
        {
            descriptor.RequireFiles(dataRoot);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }
}
