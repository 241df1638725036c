using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Data;
using Evenhand.Experiments;
using Evenhand.Learning;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand predict STUDY TRIAL --input FILE</c>: predicts with the model of a trial.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var study = SharedOptions.Study();
        var trial = ShowCommand.Trial();
        var input = new Option<string>("--input", "-i")
        {
            Description = "File with a header: user and item, or text (.csv, .tsv, .jsonl).",
            HelpName = "FILE",
            Required = true,
        };
        var file = new Option<string?>("--output", "-o") { Description = "Write to a file (CSV).", HelpName = "FILE" };
        var length = new Option<int>("--k")
        {
            Description = "Length of the recommended lists (top-n).",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
            CustomParser = result => SharedOptions.WholeNumber(result, 1),
        };
        var includeSeen = new Option<bool>("--include-seen")
        {
            Description = "Recommend items that the user has in the training and validation parts too (top-n); "
                + "needs no data.",
        };
        var excludeTest = new Option<bool>("--exclude-test")
        {
            Description = "Leave out the items that the user has in the test part, too (top-n): for lists in use, "
                + "not for a check.",
        };
        var foldIn = new Option<bool>("--fold-in")
        {
            Description = "Serve users whom the model does not know from the items that the file has for them (top-n).",
        };
        var store = SharedOptions.Store();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("predict", "Predict with the model of a trial.")
        {
            study, trial, input, file, length, includeSeen, excludeTest, foldIn, store, data, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var library = StudyLibrary.Open(parsed.GetRequiredValue(store));
            var record = library.Find(parsed.GetRequiredValue(study));
            var definition = StudyDefinition.FromJson(record.Definition);
            var plan = StudyPlan.Of(definition);
            CheckTask(parsed, plan, [length, includeSeen, excludeTest]);
            if (parsed.GetValue(includeSeen) && parsed.GetValue(excludeTest))
            {
                throw new InputException("--include-seen and --exclude-test contradict each other.");
            }

            var finished = TrialModel.Find(library, record, parsed.GetRequiredValue(trial));
            var folder = library.Folder(record);
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var model = folder.LoadModel(finished.Number);
            var masks = plan.Experiment.Task == TaskKind.TopN && !parsed.GetValue(includeSeen);
            Dataset? seen = null;
            if (model is null || masks)
            {
                var listener = new RunReporter(progress, plan);
                var loaded = ExperimentData.Load(plan, parsed.GetValue(data), listener, cancellationToken);
                loaded.CheckSame(definition.Dataset);
                seen = !masks ? null : parsed.GetValue(excludeTest) ? loaded.SeenAtAll : loaded.SeenBeforeTest;
                model ??= TrialModel.FitAgain(plan, loaded, finished, folder, progress, cancellationToken);
            }

            var (heading, rows) = PredictionFile.Predict(
                plan,
                model,
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(length),
                parsed.GetValue(foldIn),
                seen,
                cancellationToken);
            progress.Dispose();
            Write(parsed, heading, rows, parsed.GetValue(file), parsed.GetValue(json));
            return Task.FromResult(CommandLineApplication.Success);
        });
        return command;
    }

    // An option that would do nothing is a mistake of the user's.
    private static void CheckTask(ParseResult parsed, StudyPlan plan, IEnumerable<Option> ofLists)
    {
        if (plan.Experiment.Task != TaskKind.TopN
            && ofLists.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new InputException(
                $"{option.Name} goes with the lists of top-n experiments; "
                + $"'{plan.Experiment.Name}' is {plan.TaskName}.");
        }
    }

    private static void Write(
        ParseResult parsed,
        IReadOnlyList<string> heading,
        IReadOnlyList<IReadOnlyList<object>> rows,
        string? file,
        bool json)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (file is not null)
        {
            WholeFile.Write(file, CsvText.Write(heading, rows));
            parsed.InvocationConfiguration.Error.WriteLine($"Wrote {rows.Count} rows to {file}");
        }
        else if (json)
        {
            JsonOutput.WriteRows(output, heading, rows);
        }
        else
        {
            output.Write(CsvText.Write(heading, rows));
        }
    }
}
