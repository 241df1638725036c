namespace Evenhand.Configuration;

/// <summary>Something that the user gave is wrong: a file, a value, a name. The message says what, where and what was
/// expected.</summary>
/// <remarks>The command line turns it into exit code 2 and prints the message without a stack trace.</remarks>
public class InputException : Exception
{
    /// <summary>An error without a place in a file.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>An error without a place in a file, caused by another.</summary>
    public InputException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>An error at a place in a file; the message starts with <c>file(line,column): </c>.</summary>
    /// <param name="file">The file, as the user named it.</param>
    /// <param name="line">Line, from 1; 0 where the place is the whole file.</param>
    /// <param name="column">Column, from 1; 0 where the place is the whole line.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    public InputException(string file, long line, long column, string message)
        : base(Place(file, line, column) + message)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file, as the user named it; null where there is none.</summary>
    public string? File { get; }

    /// <summary>Line, from 1; 0 where the place is the whole file.</summary>
    public long Line { get; }

    /// <summary>Column, from 1; 0 where the place is the whole line.</summary>
    public long Column { get; }

    private static string Place(string file, long line, long column) =>
        line == 0 ? $"{file}: " : column == 0 ? $"{file}({line}): " : $"{file}({line},{column}): ";
}
