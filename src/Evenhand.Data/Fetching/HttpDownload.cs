using System.Net;
using System.Net.Http.Headers;
using Evenhand.Configuration;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Fetching;

/// <summary>Downloads one file, goes on where an earlier attempt ended, and puts the file in place only when it is
/// whole.</summary>
/// <remarks>The bytes that are there lie in <c>NAME.part</c>, the server's mark of the version in <c>NAME.part.tag</c>:
/// with it the server says whether the file is still the same (<c>If-Range</c>), and sends it from the start where it
/// is not. Where no checksum tells, <see cref="ReceivedFile"/> does what can be done to refuse what is no such
/// file.</remarks>
/// <param name="client">Asks the server.</param>
/// <param name="url">The address.</param>
/// <param name="target">Where the file goes.</param>
/// <param name="byHand">What to do with a file that was got by other means, such as <c>put it at PATH</c>.</param>
/// <param name="options">Retries, patience and progress.</param>
internal sealed class HttpDownload(HttpClient client, string url, string target, string byHand, FetchOptions options)
{
    private readonly string _part = target + ".part";
    private readonly string _tag = target + ".part.tag";

    /// <summary>Downloads the file.</summary>
    /// <param name="sha256">The checksum it must have, or null where none is known.</param>
    /// <param name="cancellation">Stops the download; what is there is kept for the next time.</param>
    /// <exception cref="InputException">The server cannot be reached or does not have the file, or the checksum is
    /// wrong.</exception>
    public async Task RunAsync(string? sha256, CancellationToken cancellation)
    {
        OnDisk(() => Directory.CreateDirectory(Path.GetDirectoryName(target)!));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ReceiveAsync(sha256, cancellation).ConfigureAwait(false);
                break;
            }
            catch (Exception error) when (IsCut(error, cancellation) && attempt < options.Retries)
            {
                // The next attempt asks for the rest.
            }
            catch (Exception error) when (IsCut(error, cancellation))
            {
                throw new InputException(
                    $"{url} cannot be fetched: {Reason(error)}. Is there a network? What has come so far is kept; "
                    + "the same command goes on from there. "
                    + $"Or download the file by other means and {byHand}.",
                    error);
            }
        }

        Finish(sha256, cancellation);
    }

    private static bool IsCut(Exception error, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested
        && error is HttpRequestException { StatusCode: null } or IOException or TimeoutException;

    // A full or read-only disk is no cut connection: another attempt would not help.
    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{target} cannot be written: {error.Message.TrimEnd('.')}. Name another data folder with --data or "
                + $"{DataRoot.Variable}.",
                error);
        }
    }

    private void OnDisk(Action work) => OnDisk(() =>
    {
        work();
        return true;
    });

    private static string Reason(Exception error) => (error.InnerException ?? error).Message.TrimEnd('.');

    private async Task ReceiveAsync(string? sha256, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var have = File.Exists(_part) ? new FileInfo(_part).Length : 0;
        var condition = have > 0 && File.Exists(_tag) ? ReadTag() : null;
        if (condition is not null)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.IfRange = condition;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.Patience);
        try
        {
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // All that the server has is there, or the file got shorter: start again.
                DeleteParts();
                throw new IOException("the server has changed the file");
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new InputException(
                    $"{url} cannot be fetched: "
                    + $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            }

            if (sha256 is null && ReceivedFile.Problem(response, target) is { } problem)
            {
                throw Refuse(problem);
            }

            await SaveAsync(response, have, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"the server sent nothing for {options.Patience.TotalSeconds:0} seconds");
        }
    }

    private async Task SaveAsync(HttpResponseMessage response, long have, CancellationTokenSource patience)
    {
        var first = FirstByte(response, have);
        OnDisk(() => WriteTag(response));
        using var file = OnDisk(() => OpenPart(first));
        var done = first;
        var length = response.Content.Headers.ContentLength;
        var total = response.Content.Headers.ContentRange?.Length ?? (length is null ? 0 : first + length.Value);
        using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (true)
        {
            patience.CancelAfter(options.Patience);
            var read = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            OnDisk(() => file.Write(buffer, 0, read));
            done += read;
            options.Progress?.Invoke(new WorkProgress(done, total, "bytes"));
        }

        if (done < total)
        {
            throw new IOException("the connection was cut");
        }
    }

    // Where the bytes of the answer belong: at the start, or where a part of the file says that it starts. A part that
    // does not say so, or starts behind what is here, cannot be put together with it.
    private long FirstByte(HttpResponseMessage response, long have)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            return 0;
        }

        var headers = response.Content.Headers;
        if (headers.ContentRange is { Unit: "bytes", From: { } from, To: { } to } range
            && from <= have
            && IsSameVersion(response)
            && (headers.ContentLength ?? to - from + 1) == to - from + 1
            && (range.Length ?? to + 1) > to)
        {
            return from;
        }

        DeleteParts();
        throw new IOException("the server sent another part of the file than it was asked for");
    }

    // A server may overlook If-Range and send a part of another version.
    private bool IsSameVersion(HttpResponseMessage response) =>
        TagOf(response) is not { } tag || !File.Exists(_tag) || File.ReadAllText(_tag) == tag;

    private FileStream OpenPart(long first)
    {
        var file = new FileStream(_part, FileMode.OpenOrCreate, FileAccess.Write);
        file.SetLength(first);
        file.Position = first;
        return file;
    }

    private InputException Refuse(string problem)
    {
        DeleteParts();
        return new InputException(
            $"{url} cannot be fetched: {problem}. Nothing was put into the data folder. Look at the address in a "
            + $"browser, download the file by other means, and {byHand}.");
    }

    // A weak tag does not promise the same bytes (RFC 9110, 13.1.5), so only a strong one or a date will do.
    private static string? TagOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } strong
        ? strong.ToString()
        : response.Content.Headers.LastModified?.ToString("R");

    private void WriteTag(HttpResponseMessage response)
    {
        if (TagOf(response) is { } tag)
        {
            File.WriteAllText(_tag, tag);
        }
        else
        {
            File.Delete(_tag);
        }
    }

    private RangeConditionHeaderValue? ReadTag() =>
        RangeConditionHeaderValue.TryParse(File.ReadAllText(_tag), out var condition) ? condition : null;

    private void Finish(string? sha256, CancellationToken cancellation)
    {
        if (sha256 is null)
        {
            if (ReceivedFile.Problem(_part, target) is { } problem)
            {
                throw Refuse(problem);
            }
        }
        else
        {
            var found = FileHashes.OfFile(_part, cancellation);
            if (found != sha256)
            {
                DeleteParts();
                throw new InputException(
                    $"{url} is not the file that is expected: its SHA-256 is {found}, expected {sha256}. "
                    + "It is deleted; nothing was put into the data folder.");
            }
        }

        File.Move(_part, target, overwrite: true);
        File.Delete(_tag);
    }

    private void DeleteParts()
    {
        File.Delete(_part);
        File.Delete(_tag);
    }
}
