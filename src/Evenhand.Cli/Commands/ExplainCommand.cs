using System.CommandLine;
using System.Globalization;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Explanations;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Learning.Explanations;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand explain STUDY TRIAL --input FILE</c>: says which words of a text decide a prediction.</summary>
internal static class ExplainCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var trial = ShowCommand.Trial();
        var options = new ExplainOptions();
        var file = SharedOptions.Output("Write to a file.");
        var store = new StoreOptions(registry, StoreOptions.OfStudies);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new CommandOfOneOf(
            "explain",
            "Explain the predictions of a trial's model for texts, token by token.",
            options.Input,
            options.Text)
        {
            study, trial, options.Input, options.Text, options.Row, options.Summary, options.By, options.Attention,
            options.Method, options.Class, options.Samples, options.Seed, options.Top, options.Format, file,
        };
        var written = new FormOptions(command, "else as that of this study", store);
        command.Options.Add(store.Extension);
        command.Options.Add(store.Store);
        command.Options.Add(data);
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = options.FormOf(parsed, json);
            options.Check(parsed, form);
            SharedOptions.Prepare(parsed.GetValue(file));
            using var library = store.Open(parsed);
            var stored = StoredStudy.Open(library, parsed.GetRequiredValue(study), store.Extensions(parsed));
            ExplanationFile.CheckTask(stored.Plan);
            var finished = stored.FindTrial(parsed.GetRequiredValue(trial));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var texts = parsed.GetValue(options.Text) is { } given
                ? new Dataset("--text", new Table([new TextColumn("text", new[] { given }, ColumnRoles.Text)]))
                : ExplanationFile.Read(
                    stored.Plan,
                    parsed.GetValue(options.Input)!,
                    parsed.GetValue(options.Row),
                    parsed.GetValue(options.By),
                    cancellationToken,
                    written.Read(parsed),
                    progress.Line);
            var model = stored.KeptModel(finished);
            if (model is null)
            {
                var listener = new RunReporter(progress, stored.Plan);
                var loaded = stored.LoadData(parsed.GetValue(data), listener, cancellationToken);
                model = stored.FitAgain(finished, loaded, listener, cancellationToken);
            }

            var explainer = new TextExplainer(model, options.Explanation(parsed));
            progress.Begin("explaining");
            int? firstRow = parsed.GetValue(options.Text) is null ? parsed.GetValue(options.Row) ?? 1 : null;
            var output = new ExplanationOutput(
                form, parsed.GetValue(options.Top), $"{stored.Record.Name}, trial {finished.Number}");
            var write =
                parsed.GetValue(options.Summary) ? output.Summary(explainer, texts, progress, cancellationToken)
                : parsed.GetValue(options.Attention)
                    ? output.Attention(explainer.Attention(texts.Text!.Values[0], cancellationToken), firstRow)
                : output.Explanations(explainer, texts, firstRow, progress, cancellationToken);
            progress.Dispose();
            Write(parsed, write, parsed.GetValue(file));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void Write(ParseResult parsed, Action<TextWriter> write, string? file)
    {
        if (file is null)
        {
            write(parsed.InvocationConfiguration.Output);
            return;
        }

        using var whole = new StringWriter(CultureInfo.InvariantCulture);
        write(new ScreenWriter(whole, isTerminal: false));
        WholeFile.Write(file, whole.ToString());
        parsed.InvocationConfiguration.Error.WriteLine($"Wrote {file}");
    }
}
