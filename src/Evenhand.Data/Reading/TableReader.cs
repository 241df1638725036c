using Evenhand.Configuration;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Reading;

/// <summary>Reads the files of a table into columns, as its descriptor says.</summary>
internal sealed class TableReader
{
    /// <summary>Name of the column that tells the part of each row.</summary>
    public const string PartColumn = "part";

    private const int RowsBetweenReports = 8192;

    private readonly TableDescriptor _table;
    private readonly BadRowList _badRows;
    private readonly Action<WorkProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly int _threads;
    private readonly IReadOnlyList<TableFormatDescriptor> _formats;
    private readonly ColumnDescriptor[] _columns;

    /// <summary>A reader for one table.</summary>
    public TableReader(TableDescriptor table, BadRowList badRows, LoadOptions options)
    {
        _table = table;
        _badRows = badRows;
        _progress = options.Progress;
        _cancellation = options.CancellationToken;
        _threads = options.Threads;
        _formats = options.Formats;
        _columns = [.. table.Columns.Where(c => c.Type != ColumnType.Skip)];
    }

    /// <summary>Values that were bad and are missing.</summary>
    public BadValueList BadValues { get; } = new();

    /// <summary>Reads the files, one after the other, into one table.</summary>
    /// <param name="files">The files with their full paths.</param>
    /// <exception cref="InputException">A file cannot be read, or holds a bad row and the policy is to stop
    /// there.</exception>
    public Table Read(IReadOnlyList<(FileDescriptor File, string Path)> files)
    {
        if (files is [{ File: { Part: null, Member: null, Set.Count: 0 }, Path: var path }]
            && TryReadNumbers(path) is { } fast)
        {
            return fast;
        }

        var builders = Array.ConvertAll(_columns, c => ColumnBuilder.For(c, _table.Format));
        var constants = ConstantColumns(files);
        foreach (var (file, filePath) in files)
        {
            var before = constants.Rows;
            constants.Rows += ReadFile(file, filePath, builders);
            constants.Fill(file, before);
        }

        return new Table([.. builders.Select(b => b.Build()), .. constants.Build()]);
    }

    private Table? TryReadNumbers(string path)
    {
        if (!SourceFile.IsPlain(path) || _table.Format is not { Kind: FileKind.Delimited, Reader: null })
        {
            return null;
        }

        // Opened as any file first: for the header, and for the message where the file is not there.
        using var source = SourceFile.Open(path, null, _table.Format.Encoding);
        using var reader = Open(source);
        return reader.Fault is null
            && NumericLayout.For(
                _table, _columns, FindColumns(source.Name, reader), reader.Header?.Count ?? _table.Columns.Count)
                is { } layout
            ? NumericFileReader.TryRead(path, layout, _threads, _progress, _cancellation)
            : null;
    }

    private static FileConstants ConstantColumns(IReadOnlyList<(FileDescriptor File, string Path)> files)
    {
        var names = files.SelectMany(f => f.File.Set.Keys).Distinct().ToList();
        if (files.Any(f => f.File.Part is not null))
        {
            names.Add(PartColumn);
        }

        return new FileConstants(names);
    }

    private int ReadFile(FileDescriptor file, string path, ColumnBuilder[] builders)
    {
        using var source = SourceFile.Open(path, file.Member, _table.Format.Encoding);
        RowReader? reader = null;
        try
        {
            reader = Open(source);
            if (reader.Fault is { } fault)
            {
                throw new InputException(source.Name, reader.FaultPlace.Line, reader.FaultPlace.Column, fault);
            }

            var positions = FindColumns(source.Name, reader);
            var expected = reader.Header?.Count ?? _table.Columns.Count;
            var rows = 0;
            for (long read = 0; reader.Read(); read++)
            {
                if (read % RowsBetweenReports == 0)
                {
                    _cancellation.ThrowIfCancellationRequested();
                    _progress?.Invoke(new WorkProgress(source.Position, source.Length, "bytes"));
                }

                var parsed = Parse(source.Name, reader, expected, positions, builders);
                BadValues.EndRow(parsed);
                if (parsed)
                {
                    rows++;
                    foreach (var builder in builders)
                    {
                        builder.Commit();
                    }
                }
            }

            _progress?.Invoke(new WorkProgress(source.Length, source.Length, "bytes"));
            return rows;
        }
        catch (InvalidDataException error)
        {
            throw new InputException(
                source.Name,
                reader?.Line ?? 0,
                0,
                $"the file is damaged or was cut short after this line: {error.Message}");
        }
        catch (CsvHelper.CsvFormatException error)
        {
            throw new InputException(source.Name, error.LineNumber, 0, error.Message);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    private RowReader Open(SourceFile source)
    {
        var format = _table.Format;
        string[] wanted = [.. _columns.Select(c => c.From ?? c.Name).Distinct()];
        return format.Reader is { } name ? FindFormat(source, name).Open(source.Content, wanted)
            : format.Kind == FileKind.JsonLines
                ? new JsonRowReader(source.Content, wanted)
            : format.Quotes
                ? new QuotedRowReader(source.Content, format)
                : new UnquotedRowReader(source.Content, format);
    }

    private TableFormatDescriptor FindFormat(SourceFile source, string name) =>
        _formats.FirstOrDefault(format => format.Name == name)
        ?? throw new InputException(
            source.Name,
            0,
            0,
            $"there is no table format '{name}': it comes with an extension."
            + NearestName.Hint(name, [.. _formats.Select(format => format.Name)]));

    private int[] FindColumns(string file, RowReader reader)
    {
        if (reader.Header is not { } header)
        {
            return [.. _table.Columns.Index().Where(c => c.Item.Type != ColumnType.Skip).Select(c => c.Index)];
        }

        var positions = new int[_columns.Length];
        var places = header.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        for (var i = 0; i < positions.Length; i++)
        {
            var cell = _columns[i].From ?? _columns[i].Name;
            if (!places.TryGetValue(cell, out positions[i]))
            {
                throw new InputException(
                    file, 1, 1, $"the header has no column '{cell}'.{NearestName.Hint(cell, [.. header])}");
            }
        }

        return positions;
    }

    private bool Parse(string file, RowReader reader, int expected, int[] positions, ColumnBuilder[] builders)
    {
        if (reader.Fault is { } fault)
        {
            _badRows.Add(file, reader.FaultPlace, fault);
            return false;
        }

        if (reader.FieldCount != expected)
        {
            var place = reader.PlaceOf(Math.Min(expected, reader.FieldCount));
            _badRows.Add(file, place, $"expected {expected} fields, found {reader.FieldCount}.");
            return false;
        }

        for (var i = 0; i < builders.Length; i++)
        {
            if (builders[i].Parse(reader.Field(positions[i])) is { } wrong)
            {
                var place = reader.PlaceOf(positions[i]);
                if (_columns[i].OnBadValue == BadValuePolicy.Error)
                {
                    _badRows.Add(file, place, $"column '{_columns[i].Name}': {wrong}");
                    return false;
                }

                BadValues.Add(_columns[i].Name, file, place, wrong);
                _ = builders[i].Parse([]);
            }
        }

        return true;
    }
}
