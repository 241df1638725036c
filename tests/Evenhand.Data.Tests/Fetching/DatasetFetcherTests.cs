using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Evenhand.Data.Tests;

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
    public async Task FetchAsync_FileChangedBetweenAttempts_StartsAgain()
    {
        using var server = new FileServer(new byte[Content.Length]) { Cuts = 1 };
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
        using var fetcher = new DatasetFetcher();
        await fetcher.FetchAsync(DescriptorFile.Parse("set.yaml", yaml), new FetchOptions { DataRoot = root.Path });
        AssertFetched(root);
    }

    [TestMethod]
    public async Task FetchAsync_ArchiveWithoutTheMember_NamesTheNearest()
    {
        using var server = new FileServer(Zip("folder/date.csv"));
        using var root = new DataFolder();
        var yaml = Yaml($"url: \"{server.Url}\", members: {{ folder/data.csv: data.csv }}", ContentSha256);
        using var fetcher = new DatasetFetcher();
        var error = await Assert.ThrowsExactlyAsync<InputException>(
            () => fetcher.FetchAsync(
                DescriptorFile.Parse("set.yaml", yaml), new FetchOptions { DataRoot = root.Path }));
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

    private static async Task<FetchResult> FetchAsync(
        DataFolder root,
        string url,
        string sha256,
        FetchOptions? options = null,
        CancellationToken cancellation = default)
    {
        using var fetcher = new DatasetFetcher();
        var descriptor = DescriptorFile.Parse("set.yaml", Yaml($"url: \"{url}\", path: data.csv", sha256));
        return await fetcher.FetchAsync(
            descriptor, (options ?? new FetchOptions()) with { DataRoot = root.Path }, cancellation);
    }

    private static string Yaml(string download, string sha256) => $$"""
        name: shop
        title: Shop
        downloads: [{ {{download}} }]
        rows:
          files: [{ path: data.csv, sha256: {{sha256}} }]
          columns: [{ name: id, type: category }]
        """;

    private static void AssertFetched(DataFolder root)
    {
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(root["shop/data.csv"]));
        Assert.HasCount(1, Directory.GetFiles(root["shop"]), "no part is left");
    }

    private static byte[] Zip(string member)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(member).Open();
            entry.Write(Content);
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
