using System.Globalization;

namespace Evenhand.Data.Reading;

/// <summary>What happened while a data set was loaded.</summary>
public sealed record LoadReport
{
    /// <summary>Rows of the row table that were read well, before filters.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows that the descriptor's filters left out.</summary>
    public required long RowsFiltered { get; init; }

    /// <summary>Rows of any table that could not be read and were left out.</summary>
    public required long BadRowCount { get; init; }

    /// <summary>The first <see cref="MaximumListed"/> of them.</summary>
    public required IReadOnlyList<BadRow> BadRows { get; init; }

    /// <summary>What else one should know, such as a file that differs from the one the catalogue knows.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How many bad rows are listed at most; all are counted.</summary>
    public const int MaximumListed = 1000;

    /// <summary>How many bad rows, and how many notes, <see cref="Warnings"/> tells.</summary>
    public const int MaximumWarnings = 10;

    /// <summary>What a person should be told, a line each: the first bad rows and notes, and how many there are where
    /// that is not all.</summary>
    public IEnumerable<string> Warnings()
    {
        var rows = BadRows.Take(MaximumWarnings)
            .Select(row => string.Create(
                CultureInfo.InvariantCulture, $"left out: {row.File}({row.Line},{row.Column}): {row.Reason}"));
        var notes = Notes.Take(MaximumWarnings);
        return [.. rows, .. Total(BadRowCount, "bad rows"), .. notes, .. Total(Notes.Count, "notes")];
    }

    private static string[] Total(long count, string what) => count <= MaximumWarnings ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"{count} {what} in all; these are the first {MaximumWarnings}."),
    ];
}

/// <summary>A row that could not be read.</summary>
/// <param name="File">The file, with the member where it is an archive.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record BadRow(string File, long Line, long Column, string Reason);
