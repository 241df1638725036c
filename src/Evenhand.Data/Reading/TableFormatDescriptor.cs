using Evenhand.Configuration;

namespace Evenhand.Data.Reading;

/// <summary>What a <see cref="Registry"/> knows of a table format of an extension: how a file of it is read row by
/// row.</summary>
public sealed class TableFormatDescriptor : IRegistryEntry
{
    private readonly Func<Stream, IReadOnlyList<string>, RowReader> _open;

    private TableFormatDescriptor(
        string name, string summary, Func<Stream, IReadOnlyList<string>, RowReader> open) =>
        (Name, Summary, _open) = (name, summary, open);

    /// <inheritdoc/>
    static string IRegistryEntry.Kind => "table format";

    /// <summary>Name that <c>format: { reader: NAME }</c> gives.</summary>
    public string Name { get; }

    /// <summary>One sentence on what it is.</summary>
    public string Summary { get; }

    /// <summary>Describes a table format.</summary>
    /// <param name="name">Name that users type, in kebab-case.</param>
    /// <param name="summary">One sentence on what it is.</param>
    /// <param name="open">Opens a file: its content, unpacked and perhaps not seekable, and the names that it has for
    /// the columns that are wanted. The reader's <see cref="RowReader.Header"/> names what it gives. A file that is none
    /// of this format is an <see cref="InvalidDataException"/> with a message for the user.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public static TableFormatDescriptor Of(
        string name, string summary, Func<Stream, IReadOnlyList<string>, RowReader> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(open);
        return new TableFormatDescriptor(name, summary, open);
    }

    internal RowReader Open(Stream content, IReadOnlyList<string> columns) => _open(content, columns);
}
