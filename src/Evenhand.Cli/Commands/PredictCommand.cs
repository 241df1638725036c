using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Predicting;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tables;
using Evenhand.Learning;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand predict STUDY TRIAL --input FILE</c>: predicts with the model of a trial.</summary>
internal static class PredictCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var trial = ShowCommand.Trial();
        var input = new Option<string>("--input", "-i")
        {
            Description = "File with a header: user and item, or text (.csv, .tsv, .jsonl).",
            HelpName = "FILE",
            Required = true,
        };
        var file = SharedOptions.Output("Write to a file (CSV, every character as it is).");
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
        var store = new StoreOptions(registry, StoreOptions.OfStudies);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("predict", "Predict with the model of a trial.")
        {
            study, trial, input, file, length, includeSeen, excludeTest, foldIn,
        };
        var form = new FormOptions(command, "else as that of this study", store);
        command.Options.Add(store.Extension);
        command.Options.Add(store.Store);
        command.Options.Add(data);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            SharedOptions.Prepare(parsed.GetValue(file));
            using var library = store.Open(parsed);
            var stored = StoredStudy.Open(library, parsed.GetRequiredValue(study), store.Extensions(parsed));
            var plan = stored.Plan;
            CheckTask(parsed, plan, [length, includeSeen, excludeTest]);
            if (parsed.GetValue(includeSeen) && parsed.GetValue(excludeTest))
            {
                throw new InputException("--include-seen and --exclude-test contradict each other.");
            }

            var finished = stored.FindTrial(parsed.GetRequiredValue(trial));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var model = stored.KeptModel(finished);
            var masks = plan.Experiment.Ranks && !parsed.GetValue(includeSeen);
            Dataset? seen = null;
            if (model is null || masks)
            {
                var listener = new RunReporter(progress, plan);
                var loaded = stored.LoadData(parsed.GetValue(data), listener, cancellationToken);
                seen = !masks ? null : parsed.GetValue(excludeTest) ? loaded.SeenAtAll : loaded.SeenBeforeTest;
                model ??= stored.FitAgain(finished, loaded, listener, cancellationToken);
            }

            var table = PredictionFile.Predict(
                plan,
                model,
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(length),
                parsed.GetValue(foldIn),
                seen,
                cancellationToken,
                form.Read(parsed),
                progress.Line);
            progress.Dispose();
            Write(parsed, table, parsed.GetValue(file), parsed.GetValue(json));
            TellUnknown(parsed.InvocationConfiguration.Error, table);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    // An option that would do nothing is a mistake of the user's.
    private static void CheckTask(ParseResult parsed, ExperimentPlan plan, IEnumerable<Option> ofLists)
    {
        if (!plan.Experiment.Ranks
            && ofLists.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new InputException(
                $"{option.Name} goes with the lists of top-n experiments; "
                + $"'{plan.Experiment.Name}' is {plan.Experiment.TaskName}.");
        }
    }

    private static void Write(ParseResult parsed, PredictionTable table, string? file, bool json)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (file is not null)
        {
            WholeFile.Write(file, CsvText.Write(table.Heading, table.Rows));
            parsed.InvocationConfiguration.Error.WriteLine($"Wrote {table.Rows.Count} rows to {file}");
        }
        else if (json)
        {
            JsonOutput.WriteRows(output, table.Heading, table.Rows);
        }
        else
        {
            ScreenWriter.ForPrograms(output).Write(CsvText.Write(table.Heading, table.Rows));
        }
    }

    private static void TellUnknown(TextWriter error, PredictionTable table)
    {
        string[] unknown =
        [
            .. new[] { (table.Users, Name: "users"), (table.Items, Name: "items") }
                .Where(side => side.Item1.Unknown > 0)
                .Select(side => $"{side.Item1.Unknown} of {side.Item1.All} {side.Name}"),
        ];
        if (unknown.Length > 0 || table.UnknownRows > 0)
        {
            var what = string.Join(" and ", unknown.DefaultIfEmpty("the empty ids"));
            error.WriteLine(
                $"evenhand: the model does not know {what} of the file; {table.UnknownRows} of {table.Rows.Count} "
                + $"predictions rest on others alone, and say so in the column '{PredictionTable.UnknownColumn}'.");
        }
    }
}
