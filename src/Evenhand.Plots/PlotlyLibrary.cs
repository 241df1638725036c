using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace Evenhand.Plots;

/// <summary>plotly.js (the "basic" bundle, MIT licence), carried inside this assembly so that figures need no
/// network.</summary>
public static class PlotlyLibrary
{
    private const string ResourceName = "plotly-basic.min.js.gz";

    private static readonly Lazy<byte[]> Packed = new(ReadResource);

    private static readonly Lazy<string> Unpacked = new(() =>
    {
        using var reader = new StreamReader(
            new GZipStream(new MemoryStream(Packed.Value), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>The library's source, as it stands in a script element; it defines <c>window.Plotly</c>.</summary>
    public static string Script => Unpacked.Value;

    /// <summary>The library's source compressed with gzip.</summary>
    public static ReadOnlyMemory<byte> Compressed => Packed.Value;

    private static byte[] ReadResource()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{ResourceName}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
