using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand studies</c>: what is in the store.</summary>
internal static class StudiesCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var store = new StoreOptions(registry);
        var json = SharedOptions.Json();
        var command = new Command("studies", "List the studies in the store.") { store.Extension, store.Store, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            using var library = store.Open(parsed);
            var rows = library.List()
                .Select(study => (Study: study, Trials: library.Storage.CountTrials(study.Name))).ToArray();
            if (parsed.GetValue(json))
            {
                WriteJson(output, rows);
            }
            else
            {
                ConsoleTable.Write(
                    output,
                    [("study", false), ("experiment", false), ("trials", true), ("created", false)],
                    rows.Select(r => (IReadOnlyList<string>)
                    [
                        r.Study.Name,
                        r.Study.Experiment,
                        r.Trials.ToString(CultureInfo.InvariantCulture),
                        r.Study.Created.ToString("u", CultureInfo.InvariantCulture),
                    ]));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void WriteJson(TextWriter output, IEnumerable<(StudyRecord Study, int Trials)> rows) =>
        JsonOutput.Write(output, json =>
        {
            json.WriteStartArray();
            foreach (var (study, trials) in rows)
            {
                json.WriteStartObject();
                json.WriteString("study", study.Name);
                json.WriteString("experiment", study.Experiment);
                json.WriteNumber("trials", trials);
                json.WriteString("created", study.Created);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
