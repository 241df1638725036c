using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Data;

namespace Evenhand.Torch;

/// <summary>Reads and writes files of the safetensors format.</summary>
/// <remarks>Layout: uint64 length of the header, little-endian; the header as UTF-8 JSON (name to <c>dtype</c>,
/// <c>shape</c> and <c>data_offsets</c>, and texts under <c>__metadata__</c>); the tensors' bytes, row-major and
/// little-endian. Source: https://github.com/huggingface/safetensors.</remarks>
internal static class SafeTensorsFile
{
    private const string Metadata = "__metadata__";

    // The limit of the format's own reader; a longer header is a damaged file.
    private const long LongestHeader = 100_000_000;

    /// <summary>Writes a file as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, in order.</param>
    /// <param name="metadata">Texts that go with them.</param>
    public static void Write(
        string path, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject();
        if (metadata.Count > 0)
        {
            header.Add(Metadata, JsonSerializer.SerializeToNode(metadata));
        }

        var offset = 0L;
        foreach (var tensor in tensors)
        {
            header.Add(tensor.Name, new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = JsonSerializer.SerializeToNode(tensor.Shape),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Bytes.Length),
            });
            offset += tensor.Bytes.Length;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);

        // The tensors start at a multiple of eight bytes; blanks fill the header.
        var padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded.Length);
            stream.Write(length);
            stream.Write(padded);
            foreach (var tensor in tensors)
            {
                stream.Write(tensor.Bytes.Span);
            }
        });
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Which tensors are read, by name; null for all.</param>
    /// <returns>The tensors in the order of their places in the file, and the texts that go with them.</returns>
    /// <exception cref="InputException">The file cannot be read, or is not of the format, or is damaged.</exception>
    public static (IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(
        string path, Predicate<string>? wanted = null)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var prefix = new byte[sizeof(ulong)];
            stream.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length > LongestHeader || (long)length > stream.Length - sizeof(ulong))
            {
                throw Damaged(path, "the length of its header is more than there is");
            }

            var json = new byte[length];
            stream.ReadExactly(json);
            var header = JsonNode.Parse(json)!.AsObject();
            var metadata = header[Metadata].Deserialize<Dictionary<string, string>>() ?? [];
            header.Remove(Metadata);
            var tensors = new List<StoredTensor>();
            foreach (var (name, place, start, end) in header
                .Select(entry => (entry.Key, Node: entry.Value!, Offsets: entry.Value!["data_offsets"]!.AsArray()))
                .Select(e => (e.Key, e.Node, Start: (long)e.Offsets[0]!, End: (long)e.Offsets[1]!))
                .OrderBy(e => e.Start))
            {
                if (wanted?.Invoke(name) != false)
                {
                    tensors.Add(Read(path, stream, sizeof(ulong) + (long)length, name, place, start, end));
                }
            }

            return (tensors, metadata);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the tensors cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException
            or ArgumentException or FormatException or OverflowException)
        {
            throw new InputException($"{path}: the file of tensors is damaged: {e.Message}", e);
        }
    }

    private static StoredTensor Read(
        string path, FileStream stream, long origin, string name, JsonNode place, long start, long end)
    {
        var type = (string)place["dtype"]!;
        var shape = place["shape"].Deserialize<long[]>()!;
        var size = shape.Aggregate(StoredTensor.ElementSize(type), (product, extent) => checked(product * extent));
        if (start < 0 || end - start != size || origin + end > stream.Length)
        {
            throw Damaged(path, $"tensor '{name}' does not fit its place");
        }

        var bytes = new byte[size];
        stream.Position = origin + start;
        stream.ReadExactly(bytes);
        return new StoredTensor(name, type, shape, bytes);
    }

    private static InputException Damaged(string path, string reason) =>
        new(path, 0, 0, $"the file of tensors is damaged: {reason}.");
}
