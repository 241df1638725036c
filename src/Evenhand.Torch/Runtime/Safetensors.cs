using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenhand.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Runtime;

/// <summary>Named tensors in a file, as Hugging Face's safetensors format has them.</summary>
/// <remarks>Eight bytes with the length of a header (little-endian), the header in JSON (name, type, shape, place of
/// each tensor), the elements. https://huggingface.co/docs/safetensors. Files are read tensor by tensor and written
/// whole.</remarks>
public static class Safetensors
{
    // The format's own bound; a header of a real model has some hundred kilobytes.
    private const long LongestHeader = 100_000_000;
    private const string Metadata = "__metadata__";

    /// <summary>Reads all tensors of a file into the open dispose scope.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, or not a whole safetensors file.</exception>
    public static Dictionary<string, Tensor> Read(string path) => Read(path, out _);

    /// <summary>Reads all tensors of a file into the open dispose scope, and the texts that stand beside
    /// them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts by name; empty where there are none.</param>
    /// <exception cref="InputException">It is missing, or not a whole safetensors file.</exception>
    public static Dictionary<string, Tensor> Read(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            var (entries, texts, start) = Header(stream, path);
            metadata = texts;
            var tensors = new Dictionary<string, Tensor>(entries.Count);
            foreach (var entry in entries)
            {
                stream.Position = start + entry.Begin;
                var tensor = empty(entry.Shape, entry.Type);
                tensors.Add(entry.Name, tensor);
                ReadInto(stream, tensor);
            }

            return tensors;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes tensors into a file, in the order of their names.</summary>
    /// <param name="path">The file; it is there as a whole or, if anything fails, as before.</param>
    /// <param name="tensors">The tensors by name, on any device.</param>
    /// <param name="metadata">Texts to stand beside them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        (string Name, Tensor Tensor)[] ordered =
            [.. tensors.Select(t => (t.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)];
        var header = HeaderOf(ordered, metadata);
        WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                WriteFrom(stream, tensor.detach().cpu().contiguous());
            }
        });
    }

    /// <summary>SHA-256 of tensors and texts, in hexadecimal: of names and contents in the order of the
    /// names.</summary>
    internal static string Checksum(
        IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text}\0"));
        }

        foreach (var (name, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0"));
            ForEachPiece(tensor.detach().cpu().contiguous(), piece => hash.AppendData(piece.bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata, long Start) Header(Stream stream,
        string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw Malformed(path, "it ends before the length of its header");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > LongestHeader || length > stream.Length - prefix.Length)
        {
            throw Malformed(path, $"its header would have {length} bytes, and the file has {stream.Length}");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        var start = prefix.Length + length;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed(path, "its header is not an object");
            }

            List<Entry> entries = [];
            Dictionary<string, string> metadata = [];
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals(Metadata))
                {
                    metadata = property.Value.EnumerateObject().ToDictionary(p => p.Name,
                        p => p.Value.GetString() ?? "");
                }
                else
                {
                    entries.Add(EntryOf(property, path));
                }
            }

            CheckPlaces(entries, stream.Length - start, path);
            return (entries, metadata, start);
        }
        catch (JsonException e)
        {
            throw Malformed(path, $"its header is not JSON ({e.Message})", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Malformed(path, $"its header is not as the format has it ({e.Message})", e);
        }
    }

    private static Entry EntryOf(JsonProperty property, string path)
    {
        var type = property.Value.GetProperty("dtype").GetString() switch
        {
            "F64" => ScalarType.Float64,
            "F32" => ScalarType.Float32,
            "F16" => ScalarType.Float16,
            "BF16" => ScalarType.BFloat16,
            "I64" => ScalarType.Int64,
            "I32" => ScalarType.Int32,
            "I16" => ScalarType.Int16,
            "I8" => ScalarType.Int8,
            "U8" => ScalarType.Byte,
            "BOOL" => ScalarType.Bool,
            var other => throw Malformed(
                path,
                $"tensor '{property.Name}' is of type {other}; F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL are read"),
        };
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];
        long[] places = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(e => e.GetInt64())];
        if (places.Length != 2)
        {
            throw Malformed(path, $"tensor '{property.Name}' has {places.Length} offsets instead of two");
        }

        return new Entry(property.Name, type, shape, places[0], places[1]);
    }

    // Before anything is allocated: each tensor is as long as its shape says, and they lie one after another to the
    // end.
    private static void CheckPlaces(List<Entry> entries, long available, string path)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        var names = new HashSet<string>();
        foreach (var entry in entries)
        {
            if (!names.Add(entry.Name))
            {
                throw Malformed(path, $"tensor '{entry.Name}' is there twice");
            }

            if (entry.Begin != end || entry.End < entry.Begin || entry.End > available)
            {
                throw Malformed(
                    path,
                    $"tensor '{entry.Name}' lies at {entry.Begin} to {entry.End}, which leaves a gap, overlaps or "
                    + $"goes beyond the {available} bytes that there are");
            }

            if (ByteCount(entry) != entry.End - entry.Begin)
            {
                throw Malformed(
                    path,
                    $"tensor '{entry.Name}' of shape [{string.Join(", ", entry.Shape)}] does not fill its "
                    + $"{entry.End - entry.Begin} bytes");
            }

            end = entry.End;
        }

        if (end != available)
        {
            throw Malformed(path, $"{available - end} bytes after the last tensor belong to none");
        }
    }

    // -1 where a length is negative or the product is beyond any file.
    private static long ByteCount(Entry entry)
    {
        var count = BytesOf(entry.Type);
        foreach (var length in entry.Shape)
        {
            if (length < 0 || (length > 0 && count > long.MaxValue / length))
            {
                return -1;
            }

            count *= length;
        }

        return count;
    }

    private static long BytesOf(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        ScalarType.Int8 or ScalarType.Byte or ScalarType.Bool => 1,
        _ => throw new ArgumentException($"Tensors of type {type} are not written."),
    };

    private static byte[] HeaderOf((string Name, Tensor Tensor)[] ordered, IReadOnlyDictionary<string,
        string>? metadata)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(Metadata);
                foreach (var (name, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            var place = 0L;
            foreach (var (name, tensor) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", NameOf(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (var length in tensor.shape)
                {
                    json.WriteNumberValue(length);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(place);
                place += tensor.NumberOfElements * BytesOf(tensor.dtype);
                json.WriteNumberValue(place);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Elements start at a multiple of eight bytes, so that the file can be mapped.
        while (header.Length % sizeof(long) != 0)
        {
            header.WriteByte((byte)' ');
        }

        return header.ToArray();
    }

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float64 => "F64",
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Int16 => "I16",
        ScalarType.Int8 => "I8",
        ScalarType.Byte => "U8",
        ScalarType.Bool => "BOOL",
        _ => throw new ArgumentException($"Tensors of type {type} are not written."),
    };

    // A tensor may be longer than a span can be, so its rows go one by one.
    private static void ReadInto(Stream stream, Tensor tensor) =>
        ForEachPiece(tensor, piece => stream.ReadExactly(piece.bytes));

    private static void WriteFrom(Stream stream, Tensor tensor) =>
        ForEachPiece(tensor, piece => stream.Write(piece.bytes));

    private static void ForEachPiece(Tensor tensor, Action<Tensor> act)
    {
        const long Longest = 1L << 30;
        if (tensor.NumberOfElements * BytesOf(tensor.dtype) <= Longest)
        {
            act(tensor);
            return;
        }

        using var scope = NewDisposeScope();
        var flat = tensor.view(-1);
        foreach (var piece in flat.split(Longest / BytesOf(tensor.dtype)))
        {
            act(piece);
        }
    }

    private static InputException Malformed(string path, string what, Exception? inner = null) =>
        new($"{path} is not a whole safetensors file: {what}.", inner);

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
