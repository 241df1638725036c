using System.Text;

namespace Evenhand.Data.Fetching;

/// <summary>Tells a file from what servers send in its place (the page of a login, an error, nothing at all) where no
/// checksum does.</summary>
internal static class ReceivedFile
{
    private const int HeadLength = 512;
    private const string Page = "the server sent a web page, as it does for a login, and not the file";

    private static readonly string[] PageStarts = ["<!doctype html", "<html", "<head", "<body"];

    /// <summary>What is wrong with an answer, by its head alone; null where nothing is.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="target">Where the file is to go; its name says what it should be.</param>
    public static string? Problem(HttpResponseMessage response, string target)
    {
        if (!IsPage(target)
            && response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            return Page;
        }

        // An answer that ends with its connection looks the same when it is cut. An archive shows it by itself.
        var tellsItsEnd = response.Content.Headers.ContentLength is not null
            || response.Headers.TransferEncodingChunked == true
            || response.Version.Major >= 2
            || Starts(target) is not null;
        return tellsItsEnd ? null
            : "the server does not say how long the file is, so one that was cut short would not be noticed; a "
                + "'sha256' of the download in the descriptor would tell";
    }

    /// <summary>What is wrong with the bytes that came; null where nothing is.</summary>
    /// <param name="path">The file that was received.</param>
    /// <param name="target">Where it is to go.</param>
    public static string? Problem(string path, string target)
    {
        var head = new byte[HeadLength];
        using (var file = File.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        if (head.Length == 0)
        {
            return "the server sent an empty file";
        }

        if (Starts(target) is { } start && !head.AsSpan().StartsWith(start))
        {
            return "what the server sent is no packed file";
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return !IsPage(target)
            && Array.Exists(PageStarts, page => text.StartsWith(page, StringComparison.OrdinalIgnoreCase))
                ? Page
                : null;
    }

    private static bool IsPage(string target) => Path.GetExtension(target).ToUpperInvariant() is ".HTML" or ".HTM";

    // The bytes that every file of a packed kind starts with: RFC 1952 (gzip), APPNOTE.TXT 4.3 (zip).
    private static byte[]? Starts(string target) => Path.GetExtension(target).ToUpperInvariant() switch
    {
        ".GZ" => [0x1F, 0x8B],
        ".ZIP" or DatasetFetcher.ArchiveEnd => [(byte)'P', (byte)'K'],
        _ => null,
    };
}
