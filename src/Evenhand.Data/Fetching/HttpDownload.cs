using System.Net;
using System.Net.Http.Headers;

namespace Evenhand.Data;

/// <summary>Downloads one file, goes on where an earlier attempt ended, and puts the file in place only when it is
/// whole.</summary>
/// <remarks>The bytes that are there lie in <c>NAME.part</c>, the server's mark of the version in <c>NAME.part.tag</c>:
/// with it the server says whether the file is still the same (<c>If-Range</c>), and sends it from the start where it
/// is not.</remarks>
internal sealed class HttpDownload(HttpClient client, string url, string target, FetchOptions options)
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
                await ReceiveAsync(cancellation).ConfigureAwait(false);
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
                    + $"Or download the file by other means and put it at {target}.",
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

    private async Task ReceiveAsync(CancellationToken cancellation)
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

            await SaveAsync(response, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"the server sent nothing for {options.Patience.TotalSeconds:0} seconds");
        }
    }

    private async Task SaveAsync(HttpResponseMessage response, CancellationTokenSource patience)
    {
        var resumed = response.StatusCode == HttpStatusCode.PartialContent;
        OnDisk(() => WriteTag(response));
        var mode = resumed ? FileMode.Append : FileMode.Create;
        using var file = OnDisk(() => new FileStream(_part, mode, FileAccess.Write));
        var done = file.Length;
        var length = response.Content.Headers.ContentLength;
        var total = length is null ? 0 : done + length.Value;
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

        if (length is not null && done < total)
        {
            throw new IOException("the connection was cut");
        }
    }

    // A weak tag does not promise the same bytes (RFC 9110, 13.1.5), so only a strong one or a date will do.
    private void WriteTag(HttpResponseMessage response)
    {
        var tag = response.Headers.ETag is { IsWeak: false } strong
            ? strong.ToString()
            : response.Content.Headers.LastModified?.ToString("R");
        if (tag is null)
        {
            File.Delete(_tag);
        }
        else
        {
            File.WriteAllText(_tag, tag);
        }
    }

    private RangeConditionHeaderValue? ReadTag() =>
        RangeConditionHeaderValue.TryParse(File.ReadAllText(_tag), out var condition) ? condition : null;

    private void Finish(string? sha256, CancellationToken cancellation)
    {
        if (sha256 is not null)
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
