using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Exporting;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand export STUDY [TRIAL] -o FOLDER</c>: writes what was measured, to be checked with other
/// tools.</summary>
internal static class ExportCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var trial = new Argument<int?>("TRIAL")
        {
            Description = "Number of the trial, as in the leaderboard; else all with test figures.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => SharedOptions.OptionalWholeNumber(result, 0),
        };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "Folder to write: new or empty.",
            HelpName = "FOLDER",
            Required = true,
        };
        var force = new Option<bool>("--force")
        {
            Description = "Write into a folder that is not empty; an earlier export is replaced, other files stay.",
        };
        var store = new StoreOptions(registry, StoreOptions.OfStudies);
        var data = SharedOptions.Data();
        var command = new Command(
            "export", "Write what was measured: the split, predictions or lists, groups (CSV).")
        {
            study, trial, folder, force, store.Extension, store.Store, data,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var library = store.Open(parsed);
            var record = library.Find(parsed.GetRequiredValue(study));
            var target = parsed.GetRequiredValue(folder);
            StudyExport.CheckTarget(target, parsed.GetValue(force));
            var leaderboard = StudyReader.Leaderboard(library, record);
            var numbers = parsed.GetValue(trial) is { } named ? [named] : StudyExport.Finalists(leaderboard);
            var trials = numbers.Select(number => TrialModel.Find(library, record, number)).ToArray();

            var definition = StudyDefinition.FromJson(record.Definition);
            var plan = ExperimentPlan.Of(
                definition,
                registry.Value,
                null,
                ExtensionSource.Recorded(definition.Extensions, store.Extensions(parsed)));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var listener = new RunReporter(progress, plan);
            var loaded = ExperimentData.Load(plan, parsed.GetValue(data), listener, cancellationToken);
            loaded.CheckSame(definition.Dataset);
            var runner = new ExperimentRunner(plan, loaded, listener);
            var files = library.Artifacts(record);
            new StudyExport(plan, loaded, leaderboard, listener).Write(
                target,
                parsed.GetValue(force),
                trials,
                finished => runner.ModelOf(finished, files, cancellationToken),
                cancellationToken);
            progress.Dispose();
            foreach (var left in leaderboard.Trials.Where(t => t.Test is null && numbers.Contains(t.Number)))
            {
                parsed.InvocationConfiguration.Error.WriteLine(
                    $"trial {left.Number} was no finalist: of the test part nothing is predicted or written");
            }

            parsed.InvocationConfiguration.Error.WriteLine(
                $"Wrote {(trials.Length == 1 ? "trial" : "trials")} {string.Join(", ", numbers)} to {target}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
