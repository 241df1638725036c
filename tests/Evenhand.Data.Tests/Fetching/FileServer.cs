using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Evenhand.Data.Tests.Fetching;

/// <summary>A small HTTP server on the loopback address that serves one file, and can misbehave.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly List<string> _requests = [];

    public FileServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    /// <summary>What is served.</summary>
    public byte[] Content { get; set; }

    /// <summary>The strong entity tag, or null for none.</summary>
    public string? Tag { get; set; } = "\"v1\"";

    /// <summary>Whether ranges are served.</summary>
    public bool SupportsRange { get; set; } = true;

    /// <summary>The status to answer with instead of serving.</summary>
    public string? Status { get; set; }

    /// <summary>How many more answers are cut, each after <see cref="CutAfter"/> bytes.</summary>
    public int Cuts { get; set; }

    /// <summary>Bytes of the body after which an answer is cut.</summary>
    public int CutAfter { get; set; } = 1000;

    /// <summary>Whether the server falls silent in the middle of the body.</summary>
    public bool Stalls { get; set; }

    /// <summary>The first byte of every part that is sent, whatever was asked for; null: what was asked for.</summary>
    public int? RangeSent { get; set; }

    /// <summary>Whether a part is sent whatever version was asked for.</summary>
    public bool OverlooksCondition { get; set; }

    /// <summary>Whether an answer says where its part starts.</summary>
    public bool TellsRange { get; set; } = true;

    /// <summary>Whether an answer says how long it is.</summary>
    public bool TellsLength { get; set; } = true;

    /// <summary>What the server says that the file is, or null.</summary>
    public string? ContentType { get; set; }

    /// <summary>Name of the file.</summary>
    public string Name { get; set; } = "data.csv";

    /// <summary>The address of the file.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/{Name}";

    /// <summary>The heads of the requests that came.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _loop.Wait();
        }
        catch (AggregateException)
        {
            // The listener was stopped while it waited.
        }

        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The other side went away, as some tests make it do.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var head = await ReadHeadAsync(stream);
        lock (_requests)
        {
            _requests.Add(head);
        }

        if (Status is { } status)
        {
            await WriteAsync(stream, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        var asked = RangeStart(head);
        var first = asked > 0 ? RangeSent ?? asked : 0;
        var answer = new StringBuilder(asked > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");
        if (asked > 0 && TellsRange)
        {
            answer.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {first}-{Content.Length - 1}/{Content.Length}\r\n");
        }

        if (TellsLength)
        {
            answer.Append(CultureInfo.InvariantCulture, $"Content-Length: {Content.Length - first}\r\n");
        }

        answer.Append(ContentType is null ? "" : $"Content-Type: {ContentType}\r\n");
        answer.Append(Tag is null ? "" : $"ETag: {Tag}\r\n");
        await WriteAsync(stream, $"{answer}Connection: close\r\n\r\n");
        var body = Content.AsMemory(first);
        if (Cuts > 0 || Stalls)
        {
            Cuts--;
            await stream.WriteAsync(body[..Math.Min(CutAfter, body.Length)], _stop.Token);
            if (Stalls)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            return;
        }

        await stream.WriteAsync(body, _stop.Token);
    }

    private int RangeStart(string head)
    {
        var condition = Header(head, "If-Range");
        var range = Header(head, "Range");
        return SupportsRange && range is not null && (condition == Tag || OverlooksCondition)
            ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(buffer, _stop.Token) == 1)
        {
            head.Append((char)buffer[0]);
        }

        return head.ToString();
    }

    private Task WriteAsync(NetworkStream stream, string text) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token).AsTask();
}
