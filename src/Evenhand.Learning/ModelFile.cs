using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Evenhand.Configuration;

namespace Evenhand.Learning;

/// <summary>Saves and loads models. A loaded model predicts the same bits as the saved one.</summary>
/// <remarks>
/// Layout, little-endian: 8 bytes magic <c>EVENHAND</c>; int32 format version; int32 length of the header; the header
/// as UTF-8 JSON (learner, state with options and vocabularies, list of arrays with name, type and length); the
/// arrays, raw, in the order of the list; 32 bytes SHA-256 of all that comes before.
/// </remarks>
public static class ModelFile
{
    /// <summary>The version of the format that is written; older ones are read as well.</summary>
    public const int FormatVersion = 1;

    private const int PrefixLength = 16;

    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static ReadOnlySpan<byte> Magic => "EVENHAND"u8;

    /// <summary>Writes a model beside <paramref name="path"/>, flushes it to disk and renames it, so that no half
    /// file is ever seen.</summary>
    /// <exception cref="InputException">There is no such folder, or no file may be written there.</exception>
    /// <exception cref="FileNotWrittenException">The file cannot be written: the disk is full, for example.</exception>
    public static void Save(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{path}: the model cannot be written: there is no folder {folder}.");
        }

        try
        {
            WholeFile.Write(path, stream => Write(model, stream));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: the model cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes a model as a file has it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Write(Model model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        RequireLittleEndian();
        var writer = new ModelWriter();
        model.Write(writer);
        var header = writer.Header(model.FormatName);
        var prefix = new byte[PrefixLength];
        Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(12), header.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<byte[]>)[prefix, header, .. writer.Bodies])
        {
            hash.AppendData(part);
            stream.Write(part);
        }

        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="registry">Knows the learner that fitted it.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, is not a model, was written by a newer version, or is cut short or damaged.
    /// </exception>
    public static Model Load(string path, Registry registry)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(registry);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(stream, path, registry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the model cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a model that <see cref="Write"/> wrote.</summary>
    /// <param name="stream">From its beginning; it knows its length and can seek.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <param name="registry">Knows the learner that fitted it.</param>
    /// <exception cref="InputException">It is not a model, was written by a newer version, or is cut short or
    /// damaged.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Model Read(Stream stream, string path, Registry registry)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(registry);
        RequireLittleEndian();
        try
        {
            var headerLength = ReadPrefix(path, stream);
            CheckHash(path, stream);
            stream.Position = PrefixLength;
            var header = new byte[headerLength];
            stream.ReadExactly(header);
            return ReadModel(path, stream, header, registry);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException
            or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The checksum fits, so somebody wrote it so; what the runtime makes of it tells a user nothing.
            throw new InputException(
                $"{path}: the model is damaged: its header does not describe a model as this version writes them.", e);
        }
    }

    internal static InputException Invalid(string path, string reason) =>
        new(path, 0, 0, $"the model is damaged: {reason}.");

    internal static string TypeName<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? "float32"
        : typeof(T) == typeof(double) ? "float64"
        : typeof(T) == typeof(int) ? "int32"
        : typeof(T) == typeof(byte) ? "uint8"
        : throw new NotSupportedException($"Arrays of {typeof(T).Name} are not written to model files.");

    private static int ReadPrefix(string path, Stream stream)
    {
        var prefix = new byte[PrefixLength];
        var read = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (!prefix.AsSpan(0, Math.Min(read, Magic.Length)).SequenceEqual(Magic[..Math.Min(read, Magic.Length)])
            || read == 0)
        {
            throw new InputException(path, 0, 0, "not an Evenhand model: the file does not begin with EVENHAND.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(12));
        if (read == PrefixLength && version > FormatVersion)
        {
            throw new InputException(path, 0, 0, string.Create(
                CultureInfo.InvariantCulture,
                $"the model has format {version}, written by a newer Evenhand; this one reads formats up to "
                + $"{FormatVersion}."));
        }

        var room = stream.Length - PrefixLength - SHA256.HashSizeInBytes;
        return read == PrefixLength && version > 0 && headerLength > 0 && headerLength <= room
            ? headerLength
            : throw Invalid(path, "its first bytes are cut short or wrong");
    }

    private static void CheckHash(string path, Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        stream.Position = 0;
        for (var left = stream.Length - SHA256.HashSizeInBytes; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        var trailer = new byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(trailer);
        if (!trailer.AsSpan().SequenceEqual(hash.GetHashAndReset()))
        {
            throw Invalid(path, string.Create(
                CultureInfo.InvariantCulture,
                $"the checksum in its last {SHA256.HashSizeInBytes} bytes does not fit its {stream.Length} bytes; "
                + $"it was cut short or changed"));
        }
    }

    private static Model ReadModel(string path, Stream stream, byte[] headerBytes, Registry registry)
    {
        var header = JsonNode.Parse(headerBytes) as JsonObject ?? throw Invalid(path, "its header is no JSON object");
        var name = (string?)header["learner"] ?? throw Invalid(path, "its header names no learner");
        var arrays = new Dictionary<string, (string Type, byte[] Body)>(StringComparer.Ordinal);
        foreach (var array in header["arrays"]?.AsArray() ?? [])
        {
            if (array is null)
            {
                throw Invalid(path, "an array is null");
            }

            var type = (string?)array["type"] ?? throw Invalid(path, "an array has no type");
            var length = (long?)array["length"] ?? throw Invalid(path, "an array has no length");
            var size = length * type switch
            {
                "float64" => sizeof(double),
                "uint8" => sizeof(byte),
                _ => sizeof(float),
            };
            if (size < 0 || size > stream.Length - stream.Position - SHA256.HashSizeInBytes)
            {
                throw Invalid(path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"an array of {size} bytes does not fit at byte {stream.Position}"));
            }

            var body = new byte[size];
            stream.ReadExactly(body);
            arrays[(string?)array["name"] ?? ""] = (type, body);
        }

        var state = header["state"]?.AsObject() ?? throw Invalid(path, "its header has no state");
        return ReadModel(path, name, new ModelReader(path, state, arrays, registry));
    }

    /// <summary>Reads a model of a known kind: a learner's, or one around other models.</summary>
    internal static Model ReadModel(string path, string kind, ModelReader reader)
    {
        var read = reader.Registry.Find<ModelFormat>(kind)?.Read ?? reader.Registry.Find<LearnerDescriptor>(kind)?.Read
            ?? throw new InputException(
                path, 0, 0, $"the model was fitted by '{kind}', a learner that this Evenhand does not have.");
        return read(reader);
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Model files are read and written on little-endian machines only.");
        }
    }
}
