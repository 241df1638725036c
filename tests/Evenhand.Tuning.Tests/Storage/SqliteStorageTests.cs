using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;
using Microsoft.Data.Sqlite;

namespace Evenhand.Tuning.Tests.Storage;

[TestClass]
public sealed class SqliteStorageTests : StorageConformance, IDisposable
{
    private static readonly StudyRecord Record = new("sweep", "movielens", "name: movielens", TrialMaker.Noon);

    private readonly TemporaryFolder _folder = new();

    private string Store => _folder.File("studies.db");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Constructor_AfterDispose_FindsEverythingAgain()
    {
        var trial = TrialMaker.Complete(0, ("rmse", 0.93)) with { Payload = "{}" };
        using (var storage = new SqliteStorage(Store))
        {
            storage.CreateStudy(Record);
            storage.AppendTrial("sweep", trial);
        }

        using var again = new SqliteStorage(Store, StorageAccess.Write);
        Assert.AreEqual(Record, again.ListStudies().Single());
        Assert.AreEqual(trial, again.ReadTrials("sweep").Single());
    }

    [TestMethod]
    public void Dispose_LastConnection_LeavesOneFile()
    {
        using (var storage = new SqliteStorage(Store))
        {
            storage.CreateStudy(Record);
            storage.AppendTrial("sweep", TrialMaker.Complete(0));
        }

        CollectionAssert.AreEqual(new[] { Store }, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void Constructor_TwoOnOneFile_SeeEachOthersTrialsAndRefuseDoubles()
    {
        using var first = new SqliteStorage(Store);
        using var second = new SqliteStorage(Store);
        first.CreateStudy(Record);
        Assert.ThrowsExactly<StorageException>(() => second.CreateStudy(Record));
        Parallel.For(0, 80, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
            (number % 2 == 0 ? first : second).AppendTrial("sweep", TrialMaker.Complete(number)));
        Assert.ThrowsExactly<StorageException>(() => second.AppendTrial("sweep", TrialMaker.Complete(0)));
        Assert.AreEqual(80, first.CountTrials("sweep"));
        Assert.AreEqual(80, second.CountTrials("sweep"));
    }

    [TestMethod]
    public void Constructor_ManyAtOnceOnANewFile_AllOpen()
    {
        var opened = new SqliteStorage[4];
        Parallel.For(0, opened.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
            opened[index] = new SqliteStorage(Store));
        foreach (var storage in opened)
        {
            Assert.IsEmpty(storage.ListStudies());
            storage.Dispose();
        }
    }

    [TestMethod]
    public void AppendTrial_WhileAnotherConnectionReads_IsNotBlocked()
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0));

        // A reader in the middle of its transaction, as in another process.
        using var reader = Open();
        using var transaction = reader.BeginTransaction(deferred: true);
        Assert.AreEqual(1L, Number(reader, "SELECT count(*) FROM trial"));

        // It would wait in vain, as the reader ends after it, and then be refused.
        storage.AppendTrial("sweep", TrialMaker.Complete(1));
        Assert.AreEqual(1L, Number(reader, "SELECT count(*) FROM trial"), "The reader's snapshot moved.");
        Assert.AreEqual(2, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public void ReadTrials_WhileAnotherConnectionWrites_IsNotBlocked()
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0));
        using var writer = Open();
        using var transaction = writer.BeginTransaction(deferred: false);
        Execute(writer, "UPDATE study SET experiment = 'other'");

        // They would wait in vain, as the writer ends after them, and then be refused.
        Assert.HasCount(1, storage.ReadTrials("sweep"));
        Assert.AreEqual("movielens", storage.FindStudy("sweep")!.Experiment);
    }

    [TestMethod]
    public void AppendTrial_Returned_IsInTheLogOnDisk()
    {
        // What a crash leaves behind is the database and its log as they are at this moment.
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        for (var number = 0; number < 20; number++)
        {
            storage.AppendTrial("sweep", TrialMaker.Complete(number));
            var crashed = Directory.CreateDirectory(_folder.File($"crash-{number}")).FullName;
            foreach (var file in new[] { Store, Store + "-wal" })
            {
                File.Copy(file, System.IO.Path.Combine(crashed, System.IO.Path.GetFileName(file)));
            }

            using var recovered = new SqliteStorage(System.IO.Path.Combine(crashed, "studies.db"), StorageAccess.Write);
            Assert.AreEqual(number + 1, recovered.CountTrials("sweep"));
        }
    }

    [TestMethod]
    public void Constructor_WritesDurably_FullSynchronousAndWriteAheadLog()
    {
        using var storage = new SqliteStorage(Store);
        using var other = Open();
        using var command = other.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.AreEqual("wal", command.ExecuteScalar());
        Assert.AreEqual((long)SqliteSchema.Version, Number(other, "PRAGMA user_version"));
    }

    [TestMethod]
    public void Constructor_NewerSchema_SaysSo()
    {
        new SqliteStorage(Store).Dispose();
        using (var connection = Open())
        {
            Execute(connection, "PRAGMA user_version = 99");
        }

        var thrown = Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(Store));
        StringAssert.Contains(thrown.Message, "newer version");
        StringAssert.Contains(thrown.Message, "99");
    }

    [TestMethod]
    public void Constructor_ForeignDatabase_ThrowsAndLeavesItAlone()
    {
        using (var connection = Open(SqliteOpenMode.ReadWriteCreate))
        {
            Execute(connection, "CREATE TABLE songs (title TEXT)");
        }

        var before = File.ReadAllBytes(Store);
        var thrown = Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(Store));
        StringAssert.Contains(thrown.Message, "not a study store");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(Store));
    }

    [TestMethod]
    public void Constructor_TextFile_ThrowsAndLeavesItAlone()
    {
        var text = string.Concat(Enumerable.Repeat("user,item,rating\n", 100));
        File.WriteAllText(Store, text);
        var thrown = Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(Store));
        StringAssert.Contains(thrown.Message, "not a study store");
        Assert.AreEqual(text, File.ReadAllText(Store));
    }

    [TestMethod]
    public void ReadTrials_DamagedPages_ThrowsStorageException()
    {
        using (var storage = new SqliteStorage(Store))
        {
            storage.CreateStudy(Record);
            for (var number = 0; number < 50; number++)
            {
                storage.AppendTrial("sweep", TrialMaker.Complete(number) with { Payload = new string('x', 3000) });
            }
        }

        using (var file = File.OpenWrite(Store))
        {
            file.Position = 8192;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 8192).ToArray());
        }

        var thrown = Assert.ThrowsExactly<StorageException>(() =>
        {
            using var storage = new SqliteStorage(Store);
            storage.ReadTrials("sweep");
        });
        StringAssert.Contains(thrown.Message, "damaged");
    }

    [TestMethod]
    public void ReadTrials_DamagedParameters_NamesTheTrial()
    {
        using var storage = new SqliteStorage(Store);
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(7));
        using (var connection = Open())
        {
            Execute(connection, "UPDATE trial SET parameters = '{\"rank\": '");
        }

        StringAssert.Contains(Assert.ThrowsExactly<StorageException>(() => storage.ReadTrials("sweep")).Message,
            "trial 7");
    }

    [TestMethod]
    public void Constructor_MissingFileOrFolder_SaysWhich()
    {
        var missing = Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(Store, StorageAccess.Write));
        StringAssert.Contains(missing.Message, Store);
        Assert.IsFalse(File.Exists(Store));
        var folder = _folder.File("none");
        var thrown = Assert.ThrowsExactly<StorageException>(() =>
            new SqliteStorage(System.IO.Path.Combine(folder, "a.db")));
        StringAssert.Contains(thrown.Message, folder);
    }

    [TestMethod]
    public void Constructor_Folder_ThrowsStorageException() =>
        Assert.ThrowsExactly<StorageException>(() => new SqliteStorage(_folder.Path));

    protected override StudyStorage OpenEmpty() => new SqliteStorage(Store);

    protected override StudyStorage OpenAgain(StudyStorage storage) => new SqliteStorage(Store);

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Store, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
