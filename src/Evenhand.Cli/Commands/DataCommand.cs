using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Data;

namespace Evenhand.Cli.Commands;

/// <summary><c>evenhand data list|describe|get</c>: the known data sets.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "The known data sets: what they hold, and how to get them.")
    {
        List(),
    };

    private static Command List()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("list", "List the known data sets.") { data, json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            ConsoleTable.Write(
                output,
                [("name", false), ("title", false)],
                DataCatalogue.Default.Descriptors.Select(d => (IReadOnlyList<string>)[d.Name, d.Title]));
            return CommandLineApplication.Success;
        });
        return command;
    }
}
