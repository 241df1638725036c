using System.Diagnostics;
using System.Globalization;

namespace Evenhand.Cli.Tests;

/// <summary>Runs the command as a user does, either in this process or as one of its own.</summary>
internal static class CommandLine
{
    /// <summary>The built command.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "evenhand.dll");

    /// <summary>Runs a command line in this process.</summary>
    public static async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var exitCode = await CommandLineApplication.RunAsync(args, output, error);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts a command line in a process of its own.</summary>
    public static Process Start(params string[] args) => StartProgram("dotnet", [Assembly, .. args]);

    /// <summary>Starts a command line that Ctrl-C and the end of a terminal reach, even where the tests run in the
    /// background of a shell.</summary>
    public static Process StartInterruptible(params string[] args) =>
        StartProgram("env", ["--default-signal=INT,HUP", "dotnet", Assembly, .. args]);

    /// <summary>Starts a command line that is deaf to a signal, as <c>nohup</c> makes it to the end of its
    /// terminal.</summary>
    public static Process StartWithout(string signal, params string[] args) =>
        StartProgram("env", [$"--ignore-signal={signal}", "dotnet", Assembly, .. args]);

    /// <summary>Runs a command line in a process of its own, to its end.</summary>
    public static async Task<CommandResult> RunProcessAsync(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    private static Process StartProgram(string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }
}

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public CommandResult ShouldSucceed()
    {
        Assert.AreEqual(0, ExitCode, Error);
        return this;
    }

    public CommandResult ShouldRefuse(params string[] expected)
    {
        Assert.AreEqual(2, ExitCode, Error);
        foreach (var text in expected)
        {
            StringAssert.Contains(Error, text);
        }

        Assert.IsFalse(Error.Contains("   at ", StringComparison.Ordinal), "A stack trace was shown:\n" + Error);
        return this;
    }
}
