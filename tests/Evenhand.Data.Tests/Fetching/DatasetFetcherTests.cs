using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Fetching;
using Evenhand.Data.Reading;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests.Fetching;

[TestClass]
public sealed class DatasetFetcherTests
{
    private static readonly byte[] Content = MakeContent();

    private static readonly string ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(Content));

    [TestMethod]
    public async Task FetchAsync_Server_PutsTheFileInPlaceAndReportsProgress()
    {
        using var server = new FileServer(Content);
        using var root = new DataFolder();
        var last = default(WorkProgress);
        var result = await FetchAsync(root, server.Url, ContentSha256, new FetchOptions { Progress = p => last = p });
        AssertFetched(root);
        CollectionAssert.AreEqual(new[] { "data.csv" }, result.Fetched.ToArray());
        Assert.AreEqual(new WorkProgress(Content.Length, Content.Length, "bytes"), last);
    }

    [TestMethod]
    public async Task FetchAsync_FileThatIsThere_IsNotFetchedAgain()
    {
        using var server = new FileServer(Content);
        using var root = new DataFolder();
        await FetchAsync(root, server.Url, ContentSha256);
        var again = await FetchAsync(root, server.Url, ContentSha256);
        CollectionAssert.AreEqual(new[] { "data.csv" }, again.Present.ToArray());
        Assert.HasCount(1, server.Requests);
        await FetchAsync(root, server.Url, ContentSha256, new FetchOptions { Force = true });
        Assert.HasCount(2, server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_ConnectionCut_GoesOnFromThere()
    {
        using var server = new FileServer(Content) { Cuts = 2 };
        using var root = new DataFolder();
        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
        Assert.HasCount(3, server.Requests);
        Assert.Contains("If-Range: \"v1\"", server.Requests[1]);
        Assert.Contains("Range: bytes=1000-", server.Requests[1]);
        Assert.Contains("Range: bytes=2000-", server.Requests[2]);
    }

    [TestMethod]
    public async Task FetchAsync_ConnectionCutForGood_KeepsThePartForTheNextCall()
    {
        using var server = new FileServer(Content) { Cuts = 1 };
        using var root = new DataFolder();
        var error = await Assert.ThrowsExactlyAsync<InputException>(
            () => FetchAsync(root, server.Url, ContentSha256, new FetchOptions { Retries = 0 }));
        Assert.Contains("What has come so far is kept", error.Message);
        Assert.IsFalse(File.Exists(root["shop/data.csv"]));
        Assert.AreEqual(1000, new FileInfo(root["shop/data.csv.part"]).Length);

        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
        Assert.Contains("Range: bytes=1000-", server.Requests[1]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task FetchAsync_FileChangedBetweenAttempts_StartsAgain(bool overlooksCondition)
    {
        using var server = new FileServer(new byte[Content.Length])
        {
            Cuts = 1,
            OverlooksCondition = overlooksCondition,
        };
        using var root = new DataFolder();
        await Assert.ThrowsExactlyAsync<InputException>(
            () => FetchAsync(root, server.Url, ContentSha256, new FetchOptions { Retries = 0 }));
        server.Content = Content;
        server.Tag = "\"v2\"";
        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
    }

    [TestMethod]
    [DataRow(false, "\"v1\"")]
    [DataRow(true, null)]
    [DataRow(true, "W/\"v1\"")]
    public async Task FetchAsync_ServerWithoutRangesOrStrongTag_StartsAgain(bool supportsRange, string? tag)
    {
        using var server = new FileServer(Content) { Cuts = 1, SupportsRange = supportsRange, Tag = tag };
        using var root = new DataFolder();
        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
        Assert.HasCount(2, server.Requests);
    }

    [TestMethod]
    [DataRow(0, true, null)]
    [DataRow(700, true, null)]
    [DataRow(1500, true, "")]
    [DataRow(null, false, "")]
    public async Task FetchAsync_OtherPartThanAskedFor_IsPutWhereItBelongsOrAskedForAgain(
        int? sent, bool tellsRange, string? again)
    {
        // Without a checksum nothing but the Content-Range tells where the bytes belong.
        using var server = new FileServer(Content) { Cuts = 1, RangeSent = sent, TellsRange = tellsRange };
        using var root = new DataFolder();
        await FetchAsync(root, server.Url, sha256: null);
        AssertFetched(root);
        Assert.HasCount(again is null ? 2 : 3, server.Requests);
        Assert.Contains("Range: bytes=1000-", server.Requests[1]);
        if (again is not null)
        {
            Assert.DoesNotContain("Range:", server.Requests[2], "from the start");
        }
    }

    [TestMethod]
    [DataRow("text/html; charset=utf-8", "Please log in", "a web page")]
    [DataRow(null, "\r\n<!DOCTYPE html><title>Please log in</title>", "a web page")]
    [DataRow("text/csv", "<html>Please log in</html>", "a web page")]
    [DataRow("text/csv", "", "an empty file")]
    public async Task FetchAsync_SomethingElseThanTheFile_IsRefused(string? type, string content, string expected)
    {
        using var server = new FileServer(Encoding.UTF8.GetBytes(content)) { ContentType = type };
        using var root = new DataFolder();
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, server.Url, sha256: null));
        Assert.Contains(expected, error.Message);
        Assert.Contains($"put it at {root["shop/data.csv"]}", error.Message);
        Assert.IsEmpty(Directory.GetFiles(root["shop"]));
    }

    [TestMethod]
    public async Task FetchAsync_ServerThatCallsEveryFileAPage_IsBelievedLessThanTheChecksum()
    {
        using var server = new FileServer(Content) { ContentType = "text/html" };
        using var root = new DataFolder();
        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
    }

    [TestMethod]
    public async Task FetchAsync_PackedFileThatIsNone_IsRefused()
    {
        using var server = new FileServer(Content) { Name = "data.csv.gz" };
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", path: data.csv.gz", null)
            .Replace("path: data.csv }", "path: data.csv.gz }", StringComparison.Ordinal);
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, yaml));
        Assert.Contains("no packed file", error.Message);
        Assert.IsEmpty(Directory.GetFiles(root["shop"]));
    }

    [TestMethod]
    public async Task FetchAsync_ServerThatDoesNotTellTheLength_NeedsAChecksum()
    {
        using var server = new FileServer(Content) { TellsLength = false };
        using var root = new DataFolder();
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, server.Url, sha256: null));
        Assert.Contains("does not say how long the file is", error.Message);
        Assert.Contains("'sha256'", error.Message);
        await FetchAsync(root, server.Url, ContentSha256);
        AssertFetched(root);
    }

    [TestMethod]
    public async Task FetchAsync_MemberThatUnpacksToFarMoreThanItIs_IsRefusedAndLeavesNothing()
    {
        var zeros = new byte[UnpackedStream.FreeLength + (1 << 20)];
        using var server = new FileServer(Zip("folder/data.csv", zeros, times: 2));
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", members: {{ folder/data.csv: data.csv }}", null);
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, yaml));
        Assert.Contains("'folder/data.csv'", error.Message);
        Assert.Contains("unpacks to more than 100 times its size", error.Message);
        Assert.IsEmpty(Directory.GetFiles(root["shop"]));
    }

    [TestMethod]
    public async Task FetchAsync_ArchiveWithAPathOutside_TakesNothingButTheMember()
    {
        using var server = new FileServer(Zip("../../evil.csv", Content));
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", members: {{ ../../evil.csv: data.csv }}", ContentSha256);
        await FetchAsync(root, yaml);
        AssertFetched(root);
        Assert.IsFalse(File.Exists(root["../evil.csv"]));
        var outside = Assert.ThrowsExactly<InputException>(() => DescriptorFile.Parse(
            "set.yaml", Yaml($"url: \"{server.Url}\", members: {{ data.csv: ../evil.csv }}", null)));
        Assert.Contains("outside of the folder", outside.Message);
    }

    [TestMethod]
    public async Task FetchAsync_WrongChecksum_LeavesNothingBehind()
    {
        using var server = new FileServer(Content);
        using var root = new DataFolder();
        var wrong = new string('0', 64);
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, server.Url, wrong));
        Assert.Contains($"its SHA-256 is {ContentSha256}, expected {wrong}", error.Message);
        Assert.IsEmpty(Directory.GetFiles(root["shop"]));
    }

    [TestMethod]
    public async Task FetchAsync_FileThatTheServerLacks_NamesTheStatus()
    {
        using var server = new FileServer(Content) { Status = "404 Not Found" };
        using var root = new DataFolder();
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, server.Url, ContentSha256));
        Assert.Contains($"{server.Url} cannot be fetched: the server answered 404 Not Found", error.Message);
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_NoNetwork_SaysWhatToDo()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)unused.LocalEndpoint).Port}/data.csv";
        unused.Stop();
        using var root = new DataFolder();
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, url, ContentSha256));
        Assert.Contains("Is there a network?", error.Message);
        Assert.Contains($"put it at {root["shop/data.csv"]}", error.Message);
    }

    [TestMethod]
    public async Task FetchAsync_FolderThatCannotBeWritten_SaysSo()
    {
        using var server = new FileServer(Content);
        using var root = new DataFolder();
        root.Write("shop", "a file in the place of the folder");
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, server.Url, ContentSha256));
        Assert.Contains("cannot be written", error.Message);
        Assert.IsEmpty(server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_SilentServer_IsGivenUp()
    {
        using var server = new FileServer(Content) { Stalls = true };
        using var root = new DataFolder();
        var options = new FetchOptions { Retries = 0, Patience = TimeSpan.FromMilliseconds(200) };
        var error = await Assert.ThrowsExactlyAsync<InputException>(
            () => FetchAsync(root, server.Url, ContentSha256, options));
        Assert.Contains("the server sent nothing", error.Message);
    }

    [TestMethod]
    public async Task FetchAsync_Cancelled_StopsAndKeepsThePart()
    {
        using var server = new FileServer(Content) { Stalls = true };
        using var root = new DataFolder();
        using var source = new CancellationTokenSource();
        var options = new FetchOptions { Progress = _ => source.Cancel() };
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => FetchAsync(root, server.Url, ContentSha256, options, source.Token));
        Assert.IsTrue(File.Exists(root["shop/data.csv.part"]));
        Assert.IsFalse(File.Exists(root["shop/data.csv"]));
    }

    [TestMethod]
    public async Task FetchAsync_Archive_TakesTheMembersOut()
    {
        using var server = new FileServer(Zip("folder/data.csv"));
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", members: {{ folder/data.csv: data.csv }}", ContentSha256);
        await FetchAsync(root, yaml);
        AssertFetched(root);
    }

    [TestMethod]
    public async Task FetchAsync_ArchiveWithoutTheMember_NamesTheNearest()
    {
        using var server = new FileServer(Zip("folder/date.csv"));
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", members: {{ folder/data.csv: data.csv }}", ContentSha256);
        var error = await Assert.ThrowsExactlyAsync<InputException>(() => FetchAsync(root, yaml));
        Assert.Contains("Did you mean 'folder/date.csv'?", error.Message);
        Assert.IsEmpty(Directory.GetFiles(root["shop"]));
    }

    [TestMethod]
    public async Task FetchAsync_NothingToFetch_SaysHowToGetIt()
    {
        using var root = new DataFolder();
        using var fetcher = new DatasetFetcher();
        var result = await fetcher.FetchAsync(
            DataCatalogue.Default.Get("insteval"), new FetchOptions { DataRoot = root.Path });
        CollectionAssert.AreEqual(new[] { "InstEval.csv.gz" }, result.Missing.ToArray());
        Assert.Contains("lme4", result.Obtain);
    }

    private static Task<FetchResult> FetchAsync(
        DataFolder root,
        string url,
        string? sha256,
        FetchOptions? options = null,
        CancellationToken cancellation = default) =>
        FetchAsync(root, Yaml($"url: \"{url}\", path: data.csv", sha256), options, cancellation);

    private static async Task<FetchResult> FetchAsync(
        DataFolder root, string yaml, FetchOptions? options = null, CancellationToken cancellation = default)
    {
        using var fetcher = new DatasetFetcher();
        return await fetcher.FetchAsync(
            DescriptorFile.Parse("set.yaml", yaml),
            (options ?? new FetchOptions()) with { DataRoot = root.Path },
            cancellation);
    }

    private static string Yaml(string download, string? sha256) => $$"""
        name: shop
        title: Shop
        downloads: [{ {{download}} }]
        rows:
          files: [{ path: data.csv{{(sha256 is null ? "" : $", sha256: {sha256}")}} }]
          columns: [{ name: id, type: category }]
        """;

    private static void AssertFetched(DataFolder root)
    {
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(root["shop/data.csv"]));
        Assert.HasCount(1, Directory.GetFiles(root["shop"]), "no part is left");
    }

    private static byte[] Zip(string member, byte[]? content = null, int times = 1)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(member).Open();
            for (var i = 0; i < times; i++)
            {
                entry.Write(content ?? Content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] MakeContent()
    {
        var content = new byte[200_000];
        new SeedTree(9).CreateRandom().NextBytes(content);
        return content;
    }
}
