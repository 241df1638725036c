namespace Evenhand.Torch;

/// <summary>libtorch refused an operation: shapes that do not fit, a type that an operator does not take, and the
/// like.</summary>
/// <remarks>A programming error or a failure of the machine; a user's mistake is found before it comes here.</remarks>
public sealed class TorchException : Exception
{
    /// <summary>An error with libtorch's message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }
}
