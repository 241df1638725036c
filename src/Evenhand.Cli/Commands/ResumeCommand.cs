using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

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
            var record = library.Find(parsed.GetRequiredValue(study));
            var definition = StudyDefinition.FromJson(record.Definition);
            var plan = ExperimentPlan.Of(
                definition,
                registry.Value,
                SharedOptions.BudgetOverrides(parsed, trials, time, jobs),
                ExtensionSource.Recorded(definition.Extensions, store.Extensions(parsed)));
            using var progress = new ProgressReporter(parsed.InvocationConfiguration.Error);
            var listener = new RunReporter(progress, plan);
            var loaded = ExperimentData.Load(plan, parsed.GetValue(data), listener, cancellationToken);
            loaded.CheckSame(definition.Dataset);
            var leaderboard = await new ExperimentRunner(plan, loaded, listener)
                .RunAsync(library, record, cancellationToken);
            progress.Dispose();
            return RunCommand.Finish(
                parsed, library.Artifacts(record), leaderboard, parsed.GetValue(html), parsed.GetValue(json));
        });
        return command;
    }
}
