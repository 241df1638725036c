using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Evenhand.Cli.Output;

/// <summary>Prints the help of a command.</summary>
/// <remarks>
/// In the place of the library's own help, which has some sixty generic methods compiled whenever it runs: half of the
/// time that <c>evenhand --help</c> took. Plain loops over strings need none.
/// </remarks>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int LeastDescriptionWidth = 30;

    /// <summary>Help is shown whatever else is wrong or missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Makes the help option of a command line print this help.</summary>
    public static void ReplaceIn(RootCommand root)
    {
        for (var i = root.Options.Count - 1; i >= 0; i--)
        {
            if (root.Options[i] is HelpOption)
            {
                root.Options.RemoveAt(i);
            }
            else if (root.Options[i] is VersionOption version)
            {
                version.Description = "Show the version.";
            }
        }

        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Action = new HelpText() });
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        var width = ScreenWriter.IsTerminal(output) ? Console.WindowWidth : int.MaxValue;

        output.WriteLine($"Usage: {Usage(command)}");
        output.WriteLine();
        output.WriteLine(command.Description);
        WriteList(output, "Commands", width, Commands(command));
        WriteList(output, "Arguments", width, Arguments(command));
        WriteList(output, "Options", width, Options(command));
        return ExitCodes.Success;
    }

    private static string Usage(Command command)
    {
        var text = command.Subcommands.Count > 0 ? " COMMAND" : "";
        foreach (var argument in command.Arguments)
        {
            text += argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.Name}" : $" [{argument.Name}]";
        }

        foreach (var option in command.Options)
        {
            text += option.Required ? $" {option.Name} {option.HelpName}" : "";
        }

        if (command is CommandOfOneOf choice)
        {
            var either = "";
            foreach (var option in choice.OneOf)
            {
                either += $"{(either.Length > 0 ? " | " : "")}{option.Name} {option.HelpName}";
            }

            text += $" ({either})";
        }

        return $"{PathOf(command)}{text} [options]";
    }

    /// <summary>What a user types for a command, such as <c>evenhand data list</c>.</summary>
    internal static string PathOf(Command command)
    {
        foreach (var parent in command.Parents)
        {
            return $"{PathOf((Command)parent)} {command.Name}";
        }

        return "evenhand";
    }

    private static List<(string Name, string Text)> Commands(Command command)
    {
        var rows = new List<(string, string)>();
        foreach (var subcommand in command.Subcommands)
        {
            rows.Add((subcommand.Name, subcommand.Description ?? ""));
        }

        return rows;
    }

    private static List<(string Name, string Text)> Arguments(Command command)
    {
        var rows = new List<(string, string)>();
        foreach (var argument in command.Arguments)
        {
            rows.Add((argument.Name, argument.Description ?? ""));
        }

        return rows;
    }

    private static List<(string Name, string Text)> Options(Command command)
    {
        var rows = new List<(string, string)>();
        foreach (var option in command.Options)
        {
            AddOption(option);
        }

        foreach (var parent in command.Parents)
        {
            foreach (var option in ((Command)parent).Options)
            {
                if (option.Recursive)
                {
                    AddOption(option);
                }
            }
        }

        return rows;

        void AddOption(Option option) =>
            rows.Add((Signature(option), $"{option.Description}{Choices(option)}{Default(option)}"));
    }

    private static string Signature(Option option)
    {
        var text = option.Name;
        foreach (var alias in option.Aliases)
        {
            text += $", {alias}";
        }

        return option.HelpName is null ? text : $"{text} {option.HelpName}";
    }

    // Completions of other types are not the whole of what they take, or go without saying.
    private static string Choices(Option option)
    {
        var words = "";
        if (option.ValueType == typeof(string) && option.CompletionSources.Count > 0)
        {
            foreach (var word in option.GetCompletions(CompletionContext.Empty))
            {
                words += words.Length == 0 ? word.Label : $", {word.Label}";
            }
        }

        return words.Length == 0 ? "" : $" [one of: {words}]";
    }

    private static string Default(Option option)
    {
        var value = option.HasDefaultValue ? option.GetDefaultValue() : null;
        return value is string or int ? string.Create(CultureInfo.InvariantCulture, $" [default: {value}]") : "";
    }

    private static void WriteList(TextWriter output, string title, int width, List<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var column = 0;
        foreach (var (name, _) in rows)
        {
            column = Math.Max(column, name.Length);
        }

        output.WriteLine();
        output.WriteLine($"{title}:");
        var start = Indent + column + Indent;
        foreach (var (name, text) in rows)
        {
            output.Write(new string(' ', Indent));
            output.Write(name.PadRight(column + Indent));
            WriteWrapped(output, text, start, Math.Max(width - start, LeastDescriptionWidth));
        }
    }

    private static void WriteWrapped(TextWriter output, string text, int start, int width)
    {
        while (text.Length > width && text.LastIndexOf(' ', width) is var end and > 0)
        {
            output.WriteLine(text[..end]);
            output.Write(new string(' ', start));
            text = text[(end + 1)..];
        }

        output.WriteLine(text);
    }
}
