using System.Text;

namespace TorchSharp.Interop;

/// <summary>Makes exceptions of the shim's codes; the numbers are those of native/values.cpp.</summary>
internal static class NativeError
{
    private const int IndexError = -2;
    private const int ValueError = -3;
    private const int TypeError = -4;
    private const int NotImplemented = -5;
    private const int OutOfMemory = -6;

    /// <summary>Throws what a negative code means, and returns any other number.</summary>
    /// <param name="result">What the shim returned.</param>
    /// <param name="operation">What was asked of libtorch; it stands before its message.</param>
    public static int ThrowIfFailed(int result, string? operation = null) =>
        result >= 0 ? result : throw Of(result, operation);

    private static unsafe Exception Of(int code, string? operation)
    {
        long length;
        var bytes = NativeMethods.Error(&length);
        var message = Encoding.UTF8.GetString(new ReadOnlySpan<byte>(bytes, checked((int)length))).TrimEnd();
        if (operation is not null)
        {
            message = $"{operation}: {message}";
        }

        return code switch
        {
            IndexError => new ArgumentOutOfRangeException(null, message),
            ValueError or TypeError => new ArgumentException(message),
            NotImplemented => new NotSupportedException(message),
            OutOfMemory => new InsufficientMemoryException(message),
            _ => new Evenhand.Torch.TorchException(message),
        };
    }
}
