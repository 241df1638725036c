using System.Diagnostics;
using Evenhand.TestKit;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Tests.Storage;

/// <summary>Stores as they are found: of an older version, damaged, where nothing can be written, of a process that was
/// killed.</summary>
[TestClass]
public sealed class SqliteFileTests : IDisposable
{
    private static readonly StudyRecord Record = new("sweep", "movielens", "name: movielens", TrialMaker.Noon);

    private readonly TemporaryFolder _folder = new();

    private string Store => _folder.File("studies.db");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Read_StoreOfVersionOne_IsReadAndLeftAsItIs()
    {
        WriteVersionOne();
        var before = File.ReadAllBytes(Store);
        using (var storage = new SqliteStorage(Store, StorageAccess.Read))
        {
            AssertVersionOne(storage);
            Assert.IsEmpty(storage.ReadClaims("sweep"));
            Assert.ThrowsExactly<StorageException>(() => storage.CreateStudy(Record with { Name = "other" }));
        }

        CollectionAssert.AreEqual(before, File.ReadAllBytes(Store));
    }

    [TestMethod]
    public void Write_StoreOfVersionOne_KeepsItsTrialsAndGoesOn()
    {
        WriteVersionOne();
        using (var storage = new SqliteStorage(Store, StorageAccess.Write))
        {
            AssertVersionOne(storage);
            Assert.AreEqual(1, storage.TryClaimTrial("sweep", 8, ParameterSet.Empty)?.Attempt);
            storage.AppendTrial("sweep", TrialMaker.Complete(8) with { Attempt = 1 });
        }

        using var again = new SqliteStorage(Store, StorageAccess.Read);
        Assert.AreEqual(2, again.CountTrials("sweep"));
    }

    [TestMethod]
    public void Read_StoreOfVersionTwo_IsReadAndLeftAsItIs()
    {
        WriteVersionTwo();
        var before = File.ReadAllBytes(Store);
        using (var storage = new SqliteStorage(Store, StorageAccess.Read))
        {
            AssertVersionTwo(storage);
        }

        CollectionAssert.AreEqual(before, File.ReadAllBytes(Store));
    }

    [TestMethod]
    public void Write_StoreOfVersionTwo_KeepsTrialsAndClaimsAndTakesPrunedOnes()
    {
        WriteVersionTwo();
        var pruned = TrialMaker.Pruned(8, [TrialMaker.Report(1, ("rmse", 2))]) with { Attempt = 4 };
        using (var storage = new SqliteStorage(Store, StorageAccess.Write))
        {
            AssertVersionTwo(storage);
            Assert.AreEqual(4, storage.TryClaimTrial("sweep", 8, ParameterSet.Empty)?.Attempt);
            storage.AppendTrial("sweep", pruned);
        }

        using (var again = new SqliteStorage(Store, StorageAccess.Write))
        {
            Assert.AreEqual(pruned, again.ReadTrials("sweep")[^1]);
            Assert.IsEmpty(again.DiscardDamaged("sweep", _ => true));
            Assert.IsTrue(again.DeleteStudy("sweep"));
        }

        Assert.AreEqual(0L, Number("SELECT count(*) FROM trial"), "Trials go with their study.");
        Assert.AreEqual(0L, Number("SELECT count(*) FROM sqlite_schema WHERE name = 'old_trial'"));
    }

    [TestMethod]
    [DataRow("UPDATE trial SET payload = substr(payload, 1, 5)")]
    [DataRow("UPDATE trial SET payload = NULL")]
    [DataRow("UPDATE trial SET measures = replace(measures, '1', '2')")]
    [DataRow("UPDATE trial SET parameters = '{'")]
    [DataRow("UPDATE trial SET state = 'failed'")]
    [DataRow("UPDATE trial SET reports = NULL")]
    [DataRow("UPDATE trial SET reports = '[]'")]
    [DataRow("UPDATE trial SET reports = '['")]
    [DataRow("UPDATE trial SET reports = replace(reports, '\"step\":2', '\"step\":0')")]
    [DataRow("UPDATE trial SET started = 'noon'")]
    [DataRow("UPDATE trial SET duration_ticks = 1")]
    [DataRow("UPDATE trial SET number = 8")]
    [DataRow("DELETE FROM attempt")]
    public void ReadTrials_TrialWasChanged_IsRefusedAndCanBeRunAgain(string change)
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(7, ("rmse", 1)) with
        {
            Payload = "{ \"metrics\": 1 }",
            Reports = [TrialMaker.Report(2, ("rmse", 1))],
        });
        Execute(change);
        var thrown = Assert.ThrowsExactly<StorageException>(() => storage.ReadTrials("sweep"));
        StringAssert.Contains(thrown.Message, Store);
        StringAssert.Contains(thrown.Message, "trial ");
        StringAssert.Contains(thrown.Message, "Resume");

        var number = storage.DiscardDamaged("sweep", _ => true).Single();
        Assert.IsEmpty(storage.ReadTrials("sweep"));
        Assert.IsNotNull(storage.TryClaimTrial("sweep", number, ParameterSet.Empty));
    }

    [TestMethod]
    public void FindStudy_RecordWasChanged_IsRefusedAndInNoOthersWay()
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        storage.CreateStudy(Record with { Name = "other" });
        Execute("UPDATE study SET definition = 'name: Movielens' WHERE name = 'sweep'");
        StringAssert.Contains(
            Assert.ThrowsExactly<StorageException>(() => storage.FindStudy("sweep")).Message, "'sweep'");
        Assert.IsNotNull(storage.FindStudy("other"));
        Assert.HasCount(2, storage.ListStudies());
    }

    // Bytes that are flipped in the file need not keep to the schema.
    [TestMethod]
    public void ListStudies_ValueIsMissing_IsRefusedAsDamaged()
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        Execute("""
            PRAGMA writable_schema = 1;
            UPDATE sqlite_master SET sql = replace(sql, 'experiment TEXT NOT NULL', 'experiment TEXT') WHERE name = 'study'
            """);
        Execute("UPDATE study SET experiment = NULL");
        Assert.AreEqual(
            $"{Store} is damaged: the experiment of a study is missing.",
            Assert.ThrowsExactly<StorageException>(() => storage.ListStudies()).Message);
    }

    [TestMethod]
    public void Read_WhereNothingCanBeWritten_ReadsAll()
    {
        using var disk = SmallDisk.Mount(kilobytes: 1000);
        var path = Path.Combine(disk.Path, "studies.db");
        using (var storage = new SqliteStorage(path))
        {
            storage.CreateStudy(Record);
            storage.AppendTrial("sweep", TrialMaker.Complete(0));
        }

        disk.MakeReadOnly();
        using var read = new SqliteStorage(path, StorageAccess.Read);
        Assert.AreEqual(Record, read.FindStudy("sweep"));
        Assert.AreEqual(TrialMaker.Complete(0), read.ReadTrials("sweep").Single());
        Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(path, StorageAccess.Write));
    }

    [TestMethod]
    public void AppendTrial_DiskIsFull_SaysSoAndStoresNothing()
    {
        using var disk = SmallDisk.Mount(kilobytes: 400);
        using var storage = new SqliteStorage(Path.Combine(disk.Path, "studies.db"));
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0));
        var large = TrialMaker.Complete(1) with { Payload = new string('x', 1_000_000) };
        StringAssert.Contains(
            Assert.ThrowsExactly<StorageException>(() => storage.AppendTrial("sweep", large)).Message, "full");
        Assert.AreEqual(0, storage.ReadTrials("sweep").Single().Number);

        disk.Resize(kilobytes: 8000);
        storage.AppendTrial("sweep", large);
        Assert.HasCount(2, storage.ReadTrials("sweep"));
    }

    [TestMethod]
    public async Task TryClaimTrial_OwnerWasKilled_TakesTheTrialOver()
    {
        string owner;
        using (var storage = new SqliteStorage(Store))
        {
            storage.CreateStudy(Record);
            storage.TryClaimTrial("sweep", 0, ParameterSet.Empty);
            owner = Directory.GetFiles(_folder.Path, "*-owner-*").Single();
        }

        // The file of an owner, locked by a process that is then killed: what the claim above would be of.
        using var process = Process.Start(new ProcessStartInfo("flock", [owner, "sleep", "60"]))!;
        Execute($"UPDATE attempt SET owner = '{owner[(owner.LastIndexOf('-') + 1)..]}'");
        using var other = new SqliteStorage(Store);
        while (other.ReadClaims("sweep") is not [{ IsHeld: true }])
        {
            await Task.Yield();
        }

        Assert.IsNull(other.TryClaimTrial("sweep", 0, ParameterSet.Empty));
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        while (other.ReadClaims("sweep") is [{ IsHeld: true }])
        {
            await Task.Yield();
        }

        Assert.AreEqual(2, other.TryClaimTrial("sweep", 0, ParameterSet.Empty)?.Attempt);
        Assert.IsFalse(File.Exists(owner), "What a killed owner has left is removed.");
    }

    private static void AssertVersionOne(SqliteStorage storage)
    {
        Assert.AreEqual(Record, storage.FindStudy("sweep"));
        var trial = TrialMaker.Complete(7, ("rmse", 0.5)) with { Payload = "{}" };
        Assert.AreEqual(trial, storage.ReadTrials("sweep").Single());
    }

    private static void AssertVersionTwo(SqliteStorage storage)
    {
        Assert.AreEqual(Record, storage.FindStudy("sweep"));
        var trial = TrialMaker.Complete(7, ("rmse", 0.5)) with { Payload = "{}", Attempt = 2 };
        Assert.AreEqual(trial, storage.ReadTrials("sweep").Single());
        Assert.AreEqual(trial, storage.ReadTrial("sweep", 7));
        Assert.AreEqual(new TrialClaim(8, 3, ParameterSet.Empty, IsHeld: false), storage.ReadClaims("sweep").Single());
    }

    // As version 2 of the schema was; the checksums are those that it wrote (SHA-256, worked out apart).
    private void WriteVersionTwo()
    {
        WriteVersionOne();
        Execute(
            """
            CREATE TABLE attempt (
                study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number >= 0),
                attempt INTEGER NOT NULL CHECK (attempt >= 0),
                owner TEXT,
                parameters TEXT NOT NULL,
                checksum BLOB,
                payload_checksum BLOB,
                PRIMARY KEY (study, number)
            ) STRICT, WITHOUT ROWID;
            ALTER TABLE study ADD COLUMN checksum BLOB;
            UPDATE study SET checksum = X'0248895BE7E1A2004E440B23C2EEDABC9DF40B14C673247E688F209EB6755928';
            INSERT INTO attempt (study, number, attempt, owner, parameters, checksum, payload_checksum) VALUES
                (1, 7, 2, NULL, '{}',
                    X'80B5FB74210F59F32CBD5801A71307DE98F45B5B98FF0C617669E363B5E8C489',
                    X'921B77CDE0911B9AF6692F0AD63C30EC6F8485D8319AF0C61AE285CEBC83F203'),
                (1, 8, 3, NULL, '{}', NULL, NULL);
            PRAGMA user_version = 2;
            """);
    }

    // As version 1 of the schema was.
    private void WriteVersionOne()
    {
        var trial = TrialMaker.Complete(7);
        Execute(
            $$"""
            CREATE TABLE study (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                experiment TEXT NOT NULL,
                definition TEXT NOT NULL,
                created TEXT NOT NULL
            ) STRICT;
            CREATE TABLE trial (
                id INTEGER PRIMARY KEY,
                study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number >= 0),
                state TEXT NOT NULL CHECK (state IN ('complete', 'failed')),
                parameters TEXT NOT NULL,
                measures TEXT NOT NULL,
                error TEXT,
                started TEXT NOT NULL,
                duration_ticks INTEGER NOT NULL,
                payload TEXT,
                UNIQUE (study, number)
            ) STRICT;
            PRAGMA application_id = {{0x45564E48}};
            PRAGMA user_version = 1;
            INSERT INTO study (name, experiment, definition, created)
            VALUES ('{{Record.Name}}', '{{Record.Experiment}}', '{{Record.Definition}}', '{{Record.Created:O}}');
            INSERT INTO trial (study, number, state, parameters, measures, started, duration_ticks, payload)
            VALUES (1, 7, 'complete', '{}', '{"rmse":0.5}', '{{trial.Started:O}}', {{trial.Duration.Ticks}}, '{}');
            """);
    }

    private void Execute(string sql) => Use(sql, command => command.ExecuteNonQuery());

    private long Number(string sql) => Use(sql, command => (long)command.ExecuteScalar()!);

    private T Use<T>(string sql, Func<SqliteCommand, T> use)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Store, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return use(command);
    }
}
