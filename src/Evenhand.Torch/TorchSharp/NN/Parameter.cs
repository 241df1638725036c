namespace TorchSharp.Modules;

/// <summary>A tensor that is trained.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes over a tensor, which is as if disposed of from here on.</summary>
    /// <param name="data">The tensor.</param>
    /// <param name="requires_grad">Whether it is trained.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Take(data), data.OwningDisposeScope, data) => this.requires_grad = requires_grad;

    private static nint Take(torch.Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.TakeHandle();
    }
}
