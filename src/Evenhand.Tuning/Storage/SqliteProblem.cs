using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Evenhand.Tuning.Storage;

/// <summary>Errors of SQLite in words for the user.</summary>
internal static class SqliteProblem
{
    public static StorageException Explain(SqliteException problem, string path) => new(
        problem.SqliteErrorCode switch
        {
            SQLITE_NOTADB => $"{path} is not a study store.",
            SQLITE_CORRUPT => $"{path} is damaged. Restore it from a copy, or salvage it with sqlite3's .recover.",
            SQLITE_BUSY or SQLITE_LOCKED => $"{path} is locked by another process that writes to it.",
            SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH => $"{path} must not be written to.",
            SQLITE_CANTOPEN => $"{path} cannot be opened, or nothing can be written beside it.",
            SQLITE_FULL => $"The disk of {path} is full. Make room, then resume.",
            SQLITE_IOERR => $"{path} cannot be read or written: {problem.Message} Is the disk full or damaged?",
            _ => $"{path}: {problem.Message}",
        },
        problem);
}
