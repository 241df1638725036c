using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Ratings;
using Evenhand.TestKit.Learning;

namespace Evenhand.Data.Tests.Ratings;

[TestClass]
public sealed class RatingFileTests
{
    private static readonly Vocabulary Users = new(["anna", "bjørn", ""]);
    private static readonly Vocabulary Items = new(["连衣裙", "i"]);
    private static readonly Rating[] Ratings = [new(2, 1, 4.5f), new(0, 0, -1), new(0, 0, 3)];

    private string _folder = "";

    private string File => Path.Combine(_folder, "small.ratings");

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("evenhand-").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Write_SmallFile_HasTheDocumentedBytes()
    {
        WriteSmall();
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.AreEqual("EVRATING", Encoding.ASCII.GetString(bytes, 0, 8));
        CollectionAssert.AreEqual(
            new[] { 1, 3, 2 }, new[] { 8, 12, 16 }.Select(at => BitConverter.ToInt32(bytes, at)).ToArray());
        Assert.AreEqual(3, BitConverter.ToInt64(bytes, 24));
        Assert.AreEqual(2, BitConverter.ToInt32(bytes, 64));
        Assert.AreEqual(1, BitConverter.ToInt32(bytes, 68));
        Assert.AreEqual(4.5f, BitConverter.ToSingle(bytes, 72));
        Assert.AreEqual(4, BitConverter.ToInt32(bytes, 64 + 36));
        Assert.AreEqual("anna", Encoding.UTF8.GetString(bytes, 64 + 36 + 4, 4));
    }

    [TestMethod]
    public void Visit_WhatWasWritten_GivesItBack()
    {
        WriteSmall();
        using var file = RatingFile.Open(File);
        Assert.AreEqual(3, file.Count);
        CollectionAssert.AreEqual(Users.Values.ToArray(), file.Users.Values.ToArray());
        CollectionAssert.AreEqual(Items.Values.ToArray(), file.Items.Values.ToArray());
        CollectionAssert.AreEqual(Ratings, Read(file));
        CollectionAssert.AreEqual(Ratings, Read(file));
    }

    [TestMethod]
    public void Visit_MoreThanABuffer_KeepsTheOrder()
    {
        var many = Enumerable.Range(0, 150_000).Select(i => new Rating(i % 3, i % 2, i)).ToArray();
        RatingFile.Write(File, Users, Items, writer =>
        {
            foreach (var part in many.Chunk(7_001))
            {
                writer.Append(part);
            }
        });
        using var file = RatingFile.Open(File);
        CollectionAssert.AreEqual(many, Read(file));
    }

    [TestMethod]
    public void Write_DataSet_LeavesOutRowsWithoutUserOrItem()
    {
        RatingFile.Write(File, LearningSamples.Ratings(Users, Items, [1, -1, 0, 2], [1, 1, -1, 0], [5, 4, 3, 2]));
        using var file = RatingFile.Open(File);
        CollectionAssert.AreEqual(new Rating[] { new(1, 1, 5), new(2, 0, 2) }, Read(file));
    }

    [TestMethod]
    public void Write_DataSetWithoutLabel_SaysWhatIsNeeded()
    {
        var data = new Dataset("bare", new Table([new CategoricalColumn("user", new[] { 0 }, Users, ColumnRoles.User)]));
        Assert.Contains("'bare'", Assert.ThrowsExactly<InputException>(() => RatingFile.Write(File, data)).Message);
    }

    [TestMethod]
    public void Write_CodeOutOfRange_LeavesNoFile()
    {
        foreach (var bad in (Rating[])[new(3, 0, 1), new(0, 2, 1), new(-1, 0, 1), new(0, 0, float.NaN)])
        {
            Assert.ThrowsExactly<ArgumentException>(
                () => RatingFile.Write(File, Users, Items, writer => writer.Append([bad])));
        }

        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void Open_CutShortAnywhere_IsRefused()
    {
        WriteSmall();
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            Assert.Contains(File, Assert.ThrowsExactly<InputException>(Open).Message);
        }
    }

    [TestMethod]
    public void Visit_AnyByteChanged_IsRefused()
    {
        WriteSmall();
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 4;
            System.IO.File.WriteAllBytes(File, bytes);
            bytes[place] ^= 4;
            Assert.Contains(File, Assert.ThrowsExactly<InputException>(Open, $"Byte {place}").Message);
        }
    }

    [TestMethod]
    public void Open_NoSuchFile_IsRefused() => Assert.ThrowsExactly<InputException>(Open);

    [TestMethod]
    public void Visit_Cancelled_Throws()
    {
        WriteSmall();
        using var file = RatingFile.Open(File);
        Assert.ThrowsExactly<OperationCanceledException>(() => file.Visit(_ => { }, new CancellationToken(true)));
    }

    private void WriteSmall() => RatingFile.Write(File, Users, Items, writer => writer.Append(Ratings));

    private void Open()
    {
        using var file = RatingFile.Open(File);
        Read(file);
    }

    private static Rating[] Read(RatingFile file)
    {
        var ratings = new List<Rating>();
        file.Visit(some => ratings.AddRange(some));
        return [.. ratings];
    }
}
