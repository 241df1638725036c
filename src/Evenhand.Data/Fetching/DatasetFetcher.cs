using System.IO.Compression;
using Evenhand.Configuration;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Fetching;

/// <summary>Fetches data sets from their publishers into the data folder.</summary>
/// <remarks>A file is put in place only when it is whole and, where a checksum is known, is the right one. What a cut
/// connection or a cancellation leaves is taken up by the next call.</remarks>
public sealed class DatasetFetcher : IDisposable
{
    /// <summary>End of the name that an archive has while its members are taken out, in capitals; no file of a set has
    /// it.</summary>
    internal const string ArchiveEnd = ".ARCHIVE";

    private readonly HttpClient _client;

    /// <summary>A fetcher over HTTP.</summary>
    public DatasetFetcher()
        : this(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
    }

    /// <summary>A fetcher over the given handler, which it disposes of.</summary>
    public DatasetFetcher(HttpMessageHandler handler)
    {
        // How long the server may be silent is watched by the download itself.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("evenhand");
    }

    /// <summary>Fetches what the publisher offers, and says what has to be got by hand.</summary>
    /// <param name="descriptor">The data set.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the work; what is there is kept for the next time.</param>
    /// <exception cref="InputException">There is no network, the server does not have the file, or a checksum is
    /// wrong.</exception>
    public async Task<FetchResult> FetchAsync(
        DatasetDescriptor descriptor, FetchOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        options ??= new FetchOptions();
        var folder = descriptor.Folder ?? Path.Combine(DataRoot.ForWriting(options.DataRoot), descriptor.BaseName);
        var known = KnownFiles(descriptor);
        var fetched = new List<string>();
        var present = new List<string>();
        foreach (var download in descriptor.Downloads)
        {
            var paths = download.Path is { } path ? [path] : download.Members.Values.ToList();
            if (!options.Force && paths.TrueForAll(p => IsPresent(folder, p, known, cancellation)))
            {
                present.AddRange(paths);
                continue;
            }

            await FetchAsync(download, folder, known, options, cancellation).ConfigureAwait(false);
            fetched.AddRange(paths);
        }

        present.AddRange(known.Keys.Where(p => !fetched.Contains(p) && !present.Contains(p)
            && File.Exists(Path.Combine(folder, p))));
        var missing = known.Keys.Where(p => !File.Exists(Path.Combine(folder, p))).ToList();
        return new FetchResult(folder, fetched, present, missing, missing.Count == 0 ? "" : descriptor.Obtain);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // All files that the set and its variants read, with their checksums.
    private static Dictionary<string, string?> KnownFiles(DatasetDescriptor descriptor)
    {
        var variants = descriptor.Variants.Select(v => descriptor.WithVariant(v.Name)).Prepend(descriptor);
        return variants
            .SelectMany(v => v.Rows.Files.Concat(v.Users?.Files ?? []).Concat(v.Items?.Files ?? []))
            .GroupBy(f => f.Path, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Sha256, StringComparer.Ordinal);
    }

    private static bool IsPresent(
        string folder, string path, Dictionary<string, string?> known, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file)
            && (known.GetValueOrDefault(path) is not { } sha256 || FileHashes.OfFile(file, cancellation) == sha256);
    }

    private async Task FetchAsync(
        DownloadDescriptor download,
        string folder,
        Dictionary<string, string?> known,
        FetchOptions options,
        CancellationToken cancellation)
    {
        if (download.Path is { } path)
        {
            var target = Path.Combine(folder, path);
            await new HttpDownload(_client, download.Url, target, $"put it at {target}", options)
                .RunAsync(download.Sha256 ?? known.GetValueOrDefault(path), cancellation).ConfigureAwait(false);
            return;
        }

        var archive = Path.Combine(
            folder, Path.GetFileName(new Uri(download.Url).LocalPath) + ArchiveEnd.ToLowerInvariant());
        var byHand = $"put what it holds into {folder}: {string.Join(", ", download.Members.Values)}";
        await new HttpDownload(_client, download.Url, archive, byHand, options)
            .RunAsync(download.Sha256, cancellation).ConfigureAwait(false);
        try
        {
            Extract(download, archive, folder, known, cancellation);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static void Extract(
        DownloadDescriptor download,
        string archive,
        string folder,
        Dictionary<string, string?> known,
        CancellationToken cancellation)
    {
        try
        {
            using var zip = ZipFile.OpenRead(archive);
            var length = new FileInfo(archive).Length;
            foreach (var (member, path) in download.Members)
            {
                cancellation.ThrowIfCancellationRequested();
                var entry = zip.GetEntry(member) ?? throw new InputException(
                    $"{download.Url} has no member '{member}'."
                    + NearestName.Hint(member, [.. zip.Entries.Select(e => e.FullName)]));
                Extract(
                    entry,
                    length,
                    download.Url,
                    Path.Combine(folder, path),
                    known.GetValueOrDefault(path),
                    cancellation);
            }
        }
        catch (InvalidDataException error)
        {
            throw new InputException($"{download.Url} is not a readable zip archive: {error.Message}", error);
        }
    }

    private static void Extract(
        ZipArchiveEntry entry,
        long archiveLength,
        string url,
        string target,
        string? sha256,
        CancellationToken cancellation)
    {
        var part = target + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            Unpack(entry, archiveLength, part, url, cancellation);
            if (sha256 is not null && FileHashes.OfFile(part, cancellation) is var found && found != sha256)
            {
                throw new InputException(
                    $"the member '{entry.FullName}' of {url} is not the file that is expected: its SHA-256 is {found}, "
                    + $"expected {sha256}.");
            }

            File.Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void Unpack(
        ZipArchiveEntry entry, long archiveLength, string target, string url, CancellationToken cancellation)
    {
        // What an archive says of its members need not be true.
        var packed = Math.Min(entry.CompressedLength, archiveLength);
        using var content = new UnpackedStream(entry.Open(), packed, $"the member '{entry.FullName}' of {url}");
        using var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        var buffer = new byte[1 << 20];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(buffer, 0, read);
        }
    }
}
