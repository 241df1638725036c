using TorchSharp.Modules;

namespace TorchSharp;

// Layers of given parameters.
public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A linear layer of given weights, outputs by inputs, and bias; the layer takes them over.</summary>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
    }
}
