using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Experiments.Auditing;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand audit FILE</c>: measures the predictions of any model, made by any tool.</summary>
internal static class AuditCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Predictions, one a row, with a header (.csv, .tsv, .jsonl, .gz).",
        };
        var label = Column("--label", "Column of the true labels.", required: true);
        var prediction = Column("--prediction", "Column of the predictions.", required: true);
        var score = Column(
            "--score",
            "Column of the probabilities of the positive class; of several the beginning: p for p-red.",
            required: false);
        var groups = new Option<string[]>("--group")
        {
            Description = "Columns of the group attributes, separated by commas; crossings are reported too.",
            HelpName = "COL[,COL]",
            DefaultValueFactory = _ => [],
        };
        var text = Column("--text", "Column of the texts, for --identity.", required: false);
        var identity = new Option<string[]>("--identity")
        {
            Description = "Groups by what texts mention: age, gender, nationality, or a lexicon of your own (.yaml).",
            HelpName = "LEXICON[,LEXICON]",
            DefaultValueFactory = _ => [],
        };
        var language = new Option<string>("--language")
        {
            Description = "Language of the lexicons: en or zh.",
            HelpName = "CODE",
            DefaultValueFactory = _ => LexiconFile.DefaultLanguage,
        };
        var metrics = new Option<string[]>("--metrics")
        {
            Description = "Metrics and fairness metrics, separated by commas; else all that fit.",
            HelpName = "NAME[,NAME]",
            DefaultValueFactory = _ => [],
        };
        var positive = new Option<string?>("--positive")
        {
            Description = "The value that counts as positive.",
            HelpName = "VALUE",
        };
        var classes = new Option<bool>("--classes")
        {
            Description = "Numbers in the columns are classes, not ratings.",
        };
        var separator = new Option<string?>("--separator")
        {
            Description = "What stands between the labels of a row that has any number of them.",
            HelpName = "TEXT",
        };
        var samples = new Option<int>("--bootstrap-samples")
        {
            Description = "Resamples for the bounds; 0 for none.",
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
            CustomParser = result => SharedOptions.WholeNumber<EvaluationSection>(
                result, nameof(EvaluationSection.BootstrapSamples)),
        };
        var minimum = new Option<int>("--minimum-group-size")
        {
            Description = "Smaller groups are flagged and left out of gaps.",
            HelpName = "N",
            DefaultValueFactory = _ => 30,
            CustomParser = result => SharedOptions.WholeNumber<EvaluationSection>(
                result, nameof(EvaluationSection.MinimumGroupSize)),
        };
        var seed = SharedOptions.Seed("Seed of the resamples; else 0.");
        var store = new StoreOptions(registry);
        var json = SharedOptions.Json();
        var command = new CommandOfOneOf(
            "audit",
            "Measure the predictions of any model: overall, by group, by crossing of groups.",
            groups,
            identity)
        {
            file, label, prediction, score, groups, text, identity, language, metrics, positive, classes, separator,
            samples, minimum, seed,
        };
        var form = new FormOptions(command, "else as its name and the file itself tell", store);
        command.Options.Add(store.Extension);
        command.Options.Add(store.Store);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new AuditOptions
            {
                Label = parsed.GetRequiredValue(label),
                Prediction = parsed.GetRequiredValue(prediction),
                Score = parsed.GetValue(score),
                Groups = SharedOptions.Names(parsed.GetValue(groups) ?? []),
                Text = parsed.GetValue(text),
                Identity = SharedOptions.Names(parsed.GetValue(identity) ?? []),
                Language = parsed.GetValue(language) ?? LexiconFile.DefaultLanguage,
                Metrics = SharedOptions.Names(parsed.GetValue(metrics) ?? []),
                Positive = parsed.GetValue(positive),
                AsClasses = parsed.GetValue(classes),
                Separator = parsed.GetValue(separator),
                Form = form.Read(parsed),
                BootstrapSamples = parsed.GetRequiredValue(samples),
                MinimumGroupSize = parsed.GetRequiredValue(minimum),
                Seed = parsed.GetValue(seed) ?? 0,
            };
            var (rows, figures) = Measure(
                parsed.GetRequiredValue(file), options, parsed.InvocationConfiguration.Error, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(output, (Stream stream) => AuditJson.Write(stream, rows, figures));
            }
            else
            {
                FiguresTable.Write(output, "population", figures.Metrics, figures.Fairness, figures.Groups);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static (int Rows, EvaluationFigures Figures) Measure(
        string path, AuditOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var table = Audit.Read(path, options, cancellationToken, error.WriteLine);
            using var progress = new ProgressReporter(error);
            progress.Begin("audit");
            var figures = Audit.Compute(
                table, options with { Progress = work => progress.Report(work) }, cancellationToken);
            return (table.RowCount, figures);
        }
        catch (InputException problem)
            when (problem.File is null && !problem.Message.StartsWith("--", StringComparison.Ordinal))
        {
            // Of columns and rows, which are those of this file; of options, which say so themselves.
            throw new InputException(path, 0, 0, problem.Message);
        }
    }

    private static Option<string> Column(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "COL", Required = required };
}
