using System.Text.RegularExpressions;
using Evenhand.Cli.Output;

namespace Evenhand.Fuzz;

/// <summary>What a command made of a mutated input, and what is wrong with that.</summary>
/// <param name="Index">Number of the case.</param>
/// <param name="Problem">The fault that was found; null where there is none.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Command">The command line.</param>
/// <param name="Message">What it printed on standard error.</param>
internal sealed partial record Verdict(
    int Index, string? Problem, int ExitCode, double Seconds, string Command, string Message)
{
    /// <summary>Judges one case.</summary>
    public static Verdict Of(int index, FuzzCase fuzzed, int exitCode, double seconds, string message) => new(
        index, ProblemOf(fuzzed, exitCode, message), exitCode, seconds, string.Join(' ', fuzzed.Arguments), message);

    private static string? ProblemOf(FuzzCase fuzzed, int exitCode, string message)
    {
        if (Unhandled().Match(message) is { Success: true } raw)
        {
            return $"a message of the runtime: '{raw.Value.Trim()}'";
        }

        return exitCode switch
        {
            ExitCodes.Success => null,
            ExitCodes.Failure or ExitCodes.Interrupted when fuzzed.Runs =>
                message.Length == 0 ? "no message" : null,
            ExitCodes.BadInput =>
                fuzzed.Places.Any(place => message.Contains(place, StringComparison.Ordinal)) ? null : "no place",
            _ => $"exit code {exitCode}",
        };
    }

    // A stack trace, or what the runtime says where nobody has thought of the case.
    [GeneratedRegex(
        @"^   at .*|\w+Exception\b|\bSystem\.\w+|Object reference|Index was out|must be within the bounds"
        + @"|cannot be null|was not present in the dictionary|Sequence contains|Arithmetic operation|Nullable object"
        + @"|Specified argument|Parameter '|Unable to cast|input string|Insufficient memory|Exception of type"
        + @"|Non-negative number|Destination is too short|not in a correct format"
        + @"|element has the wrong|Collection was modified|Stream was too long",
        RegexOptions.Multiline)]
    private static partial Regex Unhandled();
}
