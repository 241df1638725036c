using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Documentation;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand schema</c>: what experiment files may say, for editors and for people.</summary>
internal static class SchemaCommand
{
    public static Command Create(Lazy<Registry> registry)
    {
        var format = SharedOptions.Choice(
            "--format", "JSON schema for editors, or the reference to read.", "json", "markdown");
        var extension = SharedOptions.Extension(
            "An assembly (.dll) of your own whose learners and others are to be in it. May be repeated.");
        var command = new Command("schema", "Print the JSON schema of experiment files, for editors.")
        {
            format, extension,
        };
        command.SetAction(parsed =>
        {
            var all = SharedOptions.Extended(registry.Value, parsed.GetValue(extension) ?? []);
            var text = parsed.GetRequiredValue(format) == "json"
                ? ExperimentSchema.ToJson(all)
                : ExperimentReference.ToMarkdown(all);
            parsed.InvocationConfiguration.Output.WriteLine(text.TrimEnd());
            return ExitCodes.Success;
        });
        return command;
    }
}
