using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Evenhand.Cli.Commands;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.BuiltIn;
using Evenhand.Torch;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli;

/// <summary>The <c>evenhand</c> command: parses, runs, and turns every failure into a message and an exit
/// code.</summary>
/// <remarks>What it returns is one of <see cref="ExitCodes"/>.</remarks>
public static class CommandLineApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Results, and nothing else.</param>
    /// <param name="error">Progress and errors.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        output = new ScreenWriter(output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        error = new ScreenWriter(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);
        // Filled by the command that looks names up: to print help takes no longer for what is built in.
        var registry = new Lazy<Registry>(() => BuiltInRegistry.Create().Add(new TorchExtension()));
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Show the stack trace of an error.",
            Recursive = true,
        };
        var root = new RootCommand("Searches for models that are both accurate and fair.");
        foreach (var command in Commands(args, registry))
        {
            root.Subcommands.Add(command);
        }

        root.Options.Add(verbose);
        HelpText.ReplaceIn(root);

        var parsed = root.Parse(args);
        if (parsed.CommandResult.Command.Subcommands.Count > 0
            && parsed.Tokens.All(token => token.Type == TokenType.Command))
        {
            // 'evenhand' or 'evenhand data' alone: who does not know the commands is told them.
            parsed = root.Parse([.. args, "--help"]);
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors.Select(e => e.Message).Distinct())
            {
                error.WriteLine($"evenhand: {problem}{NameHint(problem, parsed)}");
            }

            error.WriteLine($"Run '{HelpText.PathOf(parsed.CommandResult.Command)} --help' for usage.");
            return ExitCodes.BadInput;
        }

        // A terminal that is closed ends the run as Ctrl-C and SIGTERM do, which the parser's library handles.
        using var hangUp = new CancellationTokenSource();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            hangUp.Cancel();
        });
        try
        {
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = output,
                    Error = error,
                },
                hangUp.Token);

            // Here, where a full disk is still an error with a message.
            await output.FlushAsync();
            return code;
        }
        catch (Exception exception)
        {
            if (exception is OperationCanceledException)
            {
                Tell(error, "evenhand: interrupted; everything finished is kept.");
                return ExitCodes.Interrupted;
            }

            Tell(error, parsed.GetValue(verbose) ? exception.ToString() : $"evenhand: {exception.Message}");
            return exception is InputException or StorageException or UnauthorizedAccessException
                or FileNotWrittenException or FileNotFoundException or DirectoryNotFoundException
                ? ExitCodes.BadInput
                : ExitCodes.Failure;
        }
    }

    // Where the first argument names a command, the options of the others need not be made.
    private static IEnumerable<Command> Commands(IReadOnlyList<string> args, Lazy<Registry> registry)
    {
        (string Name, Func<Command> Create)[] all =
        [
            ("run", () => RunCommand.Create(registry)),
            ("resume", () => ResumeCommand.Create(registry)),
            ("validate", () => ValidateCommand.Create(registry)),
            ("studies", () => StudiesCommand.Create(registry)),
            ("leaderboard", () => LeaderboardCommand.Create(registry)),
            ("compare", () => CompareCommand.Create(registry)),
            ("show", () => ShowCommand.Create(registry)),
            ("predict", () => PredictCommand.Create(registry)),
            ("explain", () => ExplainCommand.Create(registry)),
            ("export", () => ExportCommand.Create(registry)),
            ("audit", () => AuditCommand.Create(registry)),
            ("data", DataCommand.Create),
            ("schema", () => SchemaCommand.Create(registry)),
        ];
        var named = Array.FindAll(all, command => args is [var first, ..] && first == command.Name);
        return (named.Length > 0 ? named : all).Select(command => command.Create());
    }

    // The terminal may be gone by now.
    private static void Tell(TextWriter error, string message)
    {
        try
        {
            error.WriteLine(message);
        }
        catch (IOException)
        {
        }
    }

    // The parser quotes what it could not place; the nearest option or subcommand is what was most likely meant.
    private static string NameHint(string problem, ParseResult parsed)
    {
        var unknown = problem.Split('\'') is [_, var name, ..] && parsed.UnmatchedTokens.Contains(name) ? name : null;
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name)).ToArray();
        return unknown is not null && NearestName.Of(unknown, known) is { } near && near != unknown
            ? $" Did you mean '{near}'?"
            : "";
    }
}
