using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Documentation;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand schema</c>: the JSON schema of experiment files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(Registry registry)
    {
        var command = new Command("schema", "Print the JSON schema of experiment files, for editors.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(ExperimentSchema.ToJson(registry).TrimEnd());
            return ExitCodes.Success;
        });
        return command;
    }
}
