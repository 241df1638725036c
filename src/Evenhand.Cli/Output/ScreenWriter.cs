using System.Text;

namespace Evenhand.Cli.Output;

/// <summary>Where all that people read goes: whatever is written becomes <see cref="Printable"/> on the way.</summary>
/// <param name="beneath">Where it goes from here.</param>
/// <param name="isTerminal">Whether that is a terminal, and not a file or a pipe.</param>
internal sealed class ScreenWriter(TextWriter beneath, bool isTerminal) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => beneath.Encoding;

    /// <summary>Whether a writer leads to a terminal.</summary>
    public static bool IsTerminal(TextWriter output) => output is ScreenWriter { Terminal: true };

    /// <summary>The writer without this one in between: for what has made its text printable already, and has sequences
    /// of its own for the terminal (colours, a line that is rewritten).</summary>
    public static TextWriter Beneath(TextWriter output) => output is ScreenWriter { Under: var under } ? under : output;

    /// <summary>The writer for forms that programs read: files and pipes get every character as it is; a terminal is
    /// looked at by people, whatever the form.</summary>
    public static TextWriter ForPrograms(TextWriter output) => IsTerminal(output) ? output : Beneath(output);

    private bool Terminal => isTerminal;

    private TextWriter Under => beneath;

    /// <inheritdoc/>
    public override void Write(char value) => beneath.Write(Printable.Text(value.ToString()));

    /// <inheritdoc/>
    public override void Write(string? value) => beneath.Write(value is null ? null : Printable.Text(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine() => beneath.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => beneath.WriteLine(value is null ? null : Printable.Text(value));

    /// <inheritdoc/>
    public override void Flush() => beneath.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync() => beneath.FlushAsync();
}
