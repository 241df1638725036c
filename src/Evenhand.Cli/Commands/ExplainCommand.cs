using System.CommandLine;
using System.Globalization;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Explanations;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Learning.Explanations;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand explain STUDY TRIAL --input FILE</c>: says which words of a text decide a prediction.</summary>
internal static class ExplainCommand
{
    private const int DefaultTop = 10;
    private const int DefaultPairs = 5;

    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var trial = ShowCommand.Trial();
        var input = new Option<string?>("--input", "-i")
        {
            Description = "File with a header and the text (.csv, .tsv, .jsonl).",
            HelpName = "FILE",
        };
        var text = new Option<string?>("--text") { Description = "A text, instead of a file.", HelpName = "TEXT" };
        var row = new Option<int?>("--row")
        {
            Description = "Explain this row of the file only, from 1.",
            HelpName = "N",
            CustomParser = result => SharedOptions.OptionalWholeNumber(result, 1),
        };
        var summary = new Option<bool>("--summary")
        {
            Description = "Sum up over all texts of the file: which tokens move predictions most.",
        };
        var by = new Option<string?>("--by")
        {
            Description = "Tell the summary apart by a column of the file, such as a group of authors.",
            HelpName = "COL",
        };
        var attention = new Option<bool>("--attention")
        {
            Description = "Show instead where the layers of a transformer look, for --text or one --row.",
        };
        var method = SharedOptions.Choice(
            "--method",
            "How to explain; auto takes the exact method where the model has one, else lime.",
            [.. Enum.GetValues<ExplanationMethod>().Select(ExplanationText.Name)]);
        var className = new Option<string?>("--class")
        {
            Description = "The class to explain; else 1 of two, the predicted one of several, the likeliest label.",
            HelpName = "NAME",
        };
        var samples = new Option<int?>("--samples")
        {
            Description = "Texts with tokens left out that lime predicts. [default: 5000]",
            HelpName = "N",
            CustomParser = result => SharedOptions.OptionalWholeNumber<TextExplanationOptions>(
                result, nameof(TextExplanationOptions.NumberOfSamples)),
        };
        var seed = new Option<int?>("--seed")
        {
            Description = "Seed of lime's samples; else 0.",
            HelpName = "N",
            CustomParser = result => SharedOptions.OptionalWholeNumber(result, 0),
        };
        var top = new Option<int?>("--top")
        {
            Description = $"Show the N heaviest tokens; the table shows {DefaultTop}, or {DefaultPairs} pairs of a "
                + "layer, unless told.",
            HelpName = "N",
            CustomParser = result => SharedOptions.OptionalWholeNumber(result, 1),
        };
        var format = SharedOptions.Choice("--format", "Form of the explanations.", "table", "json", "html");
        var file = SharedOptions.Output("Write to a file.");
        var store = new StoreOptions(registry, StoreOptions.OfStudies);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new CommandOfOneOf(
            "explain", "Explain the predictions of a trial's model for texts, token by token.", input, text)
        {
            study, trial, input, text, row, summary, by, attention, method, className, samples, seed, top, format,
            file,
        };
        var written = new FormOptions(command, "else as that of this study", store);
        command.Options.Add(store.Extension);
        command.Options.Add(store.Store);
        command.Options.Add(data);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(format);
            var sum = parsed.GetValue(summary);
            CheckUsage(
                parsed.GetValue(input), parsed.GetValue(text), parsed.GetValue(row), sum, parsed.GetValue(by), form);
            var attend = parsed.GetValue(attention);
            if (attend)
            {
                CheckAttention(parsed, sum, text, row, method, className, samples, seed);
            }

            var defaults = new TextExplanationOptions();
            var options = defaults with
            {
                Method = Enum.GetValues<ExplanationMethod>()
                    .Single(m => ExplanationText.Name(m) == parsed.GetRequiredValue(method)),
                Class = parsed.GetValue(className),
                NumberOfSamples = parsed.GetValue(samples) ?? defaults.NumberOfSamples,
                Seed = parsed.GetValue(seed) ?? defaults.Seed,
            };

            SharedOptions.Prepare(parsed.GetValue(file));
            using var library = store.Open(parsed);
            var record = library.Find(parsed.GetRequiredValue(study));
            var definition = StudyDefinition.FromJson(record.Definition);
            var plan = ExperimentPlan.Of(
                definition,
                registry.Value,
                null,
                ExtensionSource.Recorded(definition.Extensions, store.Extensions(parsed)));
            ExplanationFile.CheckTask(plan);
            var finished = TrialModel.Find(library, record, parsed.GetRequiredValue(trial));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var texts = parsed.GetValue(text) is { } given
                ? new Dataset("--text", new Table([new TextColumn("text", new[] { given }, ColumnRoles.Text)]))
                : ExplanationFile.Read(
                    plan,
                    parsed.GetValue(input)!,
                    parsed.GetValue(row),
                    parsed.GetValue(by),
                    cancellationToken,
                    written.Read(parsed),
                    progress.Line);
            var artifacts = library.Artifacts(record);
            var model = artifacts.LoadModel(finished, plan.Registry);
            if (model is null)
            {
                var loaded = ExperimentData.Load(
                    plan, parsed.GetValue(data), new RunReporter(progress, plan), cancellationToken);
                loaded.CheckSame(StudyDefinition.FromJson(record.Definition).Dataset);
                model = TrialModel.FitAgain(plan, loaded, finished, artifacts, progress, cancellationToken);
            }

            var explainer = new TextExplainer(model, options);
            progress.Begin("explaining");
            var title = $"{record.Name}, trial {finished.Number}";
            int? firstRow = parsed.GetValue(text) is null ? parsed.GetValue(row) ?? 1 : null;
            var shown = parsed.GetValue(top);
            var writer =
                sum ? Summarize(explainer, texts, form, shown, progress, cancellationToken)
                : attend ? Attend(
                    explainer.Attention(texts.Text!.Values[0], cancellationToken), firstRow, form, shown, title)
                : Explain(explainer, texts, firstRow, form, shown, title, progress, cancellationToken);
            progress.Dispose();
            if (parsed.GetValue(file) is { } output)
            {
                using var whole = new StringWriter(CultureInfo.InvariantCulture);
                writer(new ScreenWriter(whole, isTerminal: false));
                WholeFile.Write(output, whole.ToString());
                parsed.InvocationConfiguration.Error.WriteLine($"Wrote {output}");
            }
            else
            {
                writer(parsed.InvocationConfiguration.Output);
            }

            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void CheckUsage(string? input, string? text, int? row, bool summary, string? by, string form)
    {
        if (input is not null && text is not null)
        {
            throw new InputException("Name either a file with --input or a text with --text, not both.");
        }

        if (row is not null && (text is not null || summary))
        {
            throw new InputException("--row names one row of --input; it goes neither with --text nor with --summary.");
        }

        if (summary && (text is not null || form == "html"))
        {
            throw new InputException("--summary is of the texts of --input, as a table or JSON.");
        }

        if (by is not null && !summary)
        {
            throw new InputException("--by goes with --summary.");
        }
    }

    // An option that would change nothing is more likely a misunderstanding than a wish.
    private static void CheckAttention(
        ParseResult parsed, bool summary, Option<string?> text, Option<int?> row, params Option[] ofTokens)
    {
        if (summary || (parsed.GetValue(text) is null && parsed.GetValue(row) is null))
        {
            throw new InputException("--attention is of one text: that of --text, or that of --input at --row.");
        }

        if (ofTokens.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} says how tokens are weighed; it does not go with --attention.");
        }
    }

    private static Action<TextWriter> Attend(TextAttention attention, int? row, string form, int? top, string title) =>
        form switch
        {
            "json" => output => JsonOutput.Write(output, writer => AttentionJson.Write(writer, row, attention)),
            "html" => output => ScreenWriter.ForPrograms(output).Write(AttentionHtml.Page(attention, title)),
            _ => output => AttentionScreen.Write(output, row, attention, top ?? DefaultPairs),
        };

    private static Action<TextWriter> Summarize(
        TextExplainer explainer,
        Dataset texts,
        string form,
        int? top,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        var influences = TokenInfluences.Of(
            explainer,
            texts,
            texts.Groups.Count > 0 ? texts.Groups[0] : null,
            work => progress.Report(work),
            cancellationToken);
        return output =>
        {
            if (form == "json")
            {
                JsonOutput.Write(output, writer => ExplanationJson.Write(writer, influences, top));
            }
            else
            {
                ExplanationScreen.Write(output, influences, top ?? 2 * DefaultTop);
            }
        };
    }

    private static Action<TextWriter> Explain(
        TextExplainer explainer,
        Dataset texts,
        int? firstRow,
        string form,
        int? top,
        string title,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        var explanations = new TextExplanation[texts.RowCount];
        for (var i = 0; i < explanations.Length; i++)
        {
            explanations[i] = explainer.Explain(
                texts.Text!.Values[i],
                explanations.Length == 1 ? work => progress.Report(work) : null,
                cancellationToken);
            progress.Report(new WorkProgress(i + 1, explanations.Length, "texts"));
        }

        return output =>
        {
            switch (form)
            {
                case "json":
                    JsonOutput.Write(output, writer =>
                    {
                        writer.WriteStartArray();
                        for (var i = 0; i < explanations.Length; i++)
                        {
                            ExplanationJson.Write(writer, firstRow + i, explanations[i], top);
                        }

                        writer.WriteEndArray();
                    });
                    break;
                case "html":
                    ScreenWriter.ForPrograms(output).Write(ExplanationHtml.Page(explanations, title));
                    break;
                default:
                    for (var i = 0; i < explanations.Length; i++)
                    {
                        ExplanationScreen.Write(output, firstRow + i, explanations[i], top ?? DefaultTop);
                    }

                    break;
            }
        };
    }
}
