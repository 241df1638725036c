using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Exporting;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;

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
            var stored = StoredStudy.Open(library, parsed.GetRequiredValue(study), store.Extensions(parsed));
            var target = parsed.GetRequiredValue(folder);
            StudyExport.CheckTarget(target, parsed.GetValue(force));
            var leaderboard = StudyReader.Leaderboard(library, stored.Record);
            var numbers = parsed.GetValue(trial) is { } named ? [named] : StudyExport.Finalists(leaderboard);
            var trials = numbers.Select(stored.FindTrial).ToArray();

            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var listener = new RunReporter(progress, stored.Plan);
            var loaded = stored.LoadData(parsed.GetValue(data), listener, cancellationToken);
            new StudyExport(stored.Plan, loaded, leaderboard, listener).Write(
                target,
                parsed.GetValue(force),
                trials,
                finished => stored.ModelOf(finished, loaded, listener, cancellationToken),
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
