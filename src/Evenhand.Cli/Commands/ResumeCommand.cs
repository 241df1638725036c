using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand resume STUDY</c>: goes on with a study to the end of its budget.</summary>
internal static class ResumeCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var study = SharedOptions.Study();
        var html = SharedOptions.Html();
        var trials = SharedOptions.Trials();
        var time = SharedOptions.Time();
        var jobs = SharedOptions.Jobs();
        var store = new StoreOptions(registry, StoreOptions.OfStudies);
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(
            "resume", "Go on with a study: finished trials are kept, the rest of the budget is run.")
        {
            study, trials, time, jobs, store.Extension, store.Store, data, html, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SharedOptions.Prepare(parsed.GetValue(html));
            using var library = store.OpenToRun(parsed);
            var stored = StoredStudy.Open(
                library,
                parsed.GetRequiredValue(study),
                store.Extensions(parsed),
                SharedOptions.BudgetOverrides(parsed, trials, time, jobs));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var listener = new RunReporter(progress, stored.Plan);
            var loaded = stored.LoadData(parsed.GetValue(data), listener, cancellationToken);
            var leaderboard = await stored.ResumeAsync(loaded, listener, cancellationToken);
            progress.Dispose();
            return RunCommand.Finish(
                parsed, stored.Artifacts, leaderboard, parsed.GetValue(html), parsed.GetValue(json));
        });
        return command;
    }
}
