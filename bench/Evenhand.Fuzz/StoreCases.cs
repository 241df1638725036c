using System.Globalization;
using Evenhand.Configuration.Randomness;
using Microsoft.Data.Sqlite;

namespace Evenhand.Fuzz;

/// <summary>Mutated stores: the database as a file and in its values, and what lies beside it.</summary>
internal sealed class StoreCases : CaseSource
{
    static StoreCases() => SQLitePCL.Batteries_V2.Init();

    public override int Cases => 500;

    public override Task PrepareAsync(string originals) => SmallStudies.RunAsync(originals);

    public override FuzzCase Make(SeededRandom random, string originals, string folder)
    {
        var store = Path.Combine(folder, "store");
        Copy(Path.Combine(originals, "store"), store);
        var database = Path.Combine(store, "studies.db");
        switch (random.Next(6))
        {
            case 0:
                File.WriteAllBytes(database, Mutator.Bytes(File.ReadAllBytes(database), random));
                break;
            case 1 or 2 or 3:
                for (var values = random.Next(1, 4); values > 0; values--)
                {
                    ChangeValue(database, random);
                }

                break;
            case 4:
                Mutator.TextFile(Any(random, FilesOf(store, "*.json")), random);
                break;
            default:
                ChangeFile(Any(random, FilesOf(store, "*")), random);
                break;
        }

        return Command(random, originals, store);
    }

    private static FuzzCase Command(SeededRandom random, string originals, string store)
    {
        var study = Any(random, SmallStudies.Names);
        var input = Path.Combine(originals, study is "texts" or "classes" ? "texts.csv" : "ratings.csv");
        var command = Any<string[]>(
            random,
            [
                ["studies"],
                ["leaderboard", study],
                ["leaderboard", study, "--json"],
                ["show", study, "1"],
                ["compare", study, study],
                ["predict", study, "1", "--input", input],
                ["resume", study, "--trials", random.Next(1, 25).ToString(CultureInfo.InvariantCulture)],
            ]);
        string[] places = [store, "studies.db", "test.json", "trial ", $"study '{study}'", Path.GetFileName(input)];
        return new FuzzCase([.. command, "--store", store], places) { Runs = command[0] is "resume" or "predict" };
    }

    private static string[] FilesOf(string store, string pattern) =>
        [.. Directory.GetFiles(store, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void ChangeFile(string file, SeededRandom random)
    {
        switch (random.Next(4))
        {
            case 0:
                File.Delete(file);
                break;
            case 1:
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
            case 2:
                File.WriteAllBytes(file, []);
                break;
            default:
                File.WriteAllBytes(file, Mutator.Bytes(File.ReadAllBytes(file), random));
                break;
        }
    }

    // Any value of any table, in whatever form the table is.
    private static void ChangeValue(string database, SeededRandom random)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0");
        var table = Any(random, Texts(
            connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"));
        var column = Any(random, Texts(connection, $"SELECT name FROM pragma_table_info('{table}')"));
        var key = string.Join(" || '/' || ", Texts(
            connection, $"SELECT '\"' || name || '\"' FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"));
        var rows = Texts(connection, $"SELECT {key} FROM \"{table}\"");
        if (rows.Count == 0)
        {
            return;
        }

        var row = Any(random, rows);
        var value = Texts(connection, $"SELECT \"{column}\" FROM \"{table}\" WHERE {key} = '{row}'")[0];
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE OR IGNORE \"{table}\" SET \"{column}\" = $value WHERE {key} = '{row}'";
        command.Parameters.AddWithValue("$value", Mutator.Text(value, random));
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // A text that is no number does not fit into a column of numbers: the store stays as it is.
        }
    }

    private static List<string> Texts(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        }

        return texts;
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
