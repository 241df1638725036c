using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Gradients.
    public partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded, so that its gradient can be asked for.</summary>
        public bool requires_grad
        {
            get => NativeMethods.RequiresGrad(Handle) != 0;
            set => NativeError.ThrowIfFailed(NativeMethods.SetRequiresGrad(Handle, value ? 1 : 0));
        }

        /// <summary>Whether the tensor was not computed from others that need a gradient.</summary>
        public bool is_leaf => NativeError.ThrowIfFailed(NativeMethods.IsLeaf(Handle)) != 0;

        /// <summary>The gradient that backward passes have added up; null before the first.</summary>
        /// <remarks>Each call returns a new tensor over the same memory.</remarks>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                NativeError.ThrowIfFailed(NativeMethods.GetGrad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                NativeError.ThrowIfFailed(NativeMethods.SetGrad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
            }
        }

        /// <summary>Says whether operations on the tensor are recorded.</summary>
        /// <returns>The tensor.</returns>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Says whether operations on the tensor are recorded.</summary>
        /// <returns>The tensor.</returns>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that was computed from others.</summary>
        public void retain_grad() => NativeError.ThrowIfFailed(NativeMethods.RetainGrad(Handle));

        /// <summary>Adds the gradients of this one number to the leaves that it was computed from.</summary>
        public void backward() => backward(null);

        /// <summary>Adds the gradients of this tensor to the leaves that it was computed from.</summary>
        /// <param name="grad_tensors">The gradient by this tensor, in its shape; left out for one number.</param>
        /// <param name="retain_graph">Whether another backward pass through the same operations may follow.</param>
        /// <param name="create_graph">Whether the pass is itself recorded, for gradients of gradients.</param>
        /// <param name="inputs">The leaves that get gradients; all where left out.</param>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same elements without history: gradients do not flow through.</summary>
        public unsafe Tensor detach()
        {
            nint leaf;
            NativeError.ThrowIfFailed(NativeMethods.MakeLeaf(Handle, 0, &leaf));
            GC.KeepAlive(this);
            return new Tensor(leaf);
        }
    }

    /// <summary>Gradients by hand.</summary>
    public static class autograd
    {
        /// <summary>Gradients of outputs by inputs; the leaves' own gradients stay as they are.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">By what.</param>
        /// <param name="grad_outputs">Gradients by the outputs; left out for single numbers.</param>
        /// <param name="retain_graph">Whether another backward pass through the same operations may follow.</param>
        /// <param name="create_graph">Whether the pass is itself recorded, for gradients of gradients.</param>
        /// <param name="allow_unused">Whether an input may have nothing to do with the outputs; its gradient is
        /// null.</param>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            var results = new nint[inputs.Count];
            fixed (nint* from = Handles(outputs), by = Handles(inputs), upstream = Handles(grad_outputs),
                found = results)
            {
                NativeError.ThrowIfFailed(
                    NativeMethods.Grad(
                        from, upstream, outputs.Count, by, inputs.Count, retain_graph || create_graph ? 1 : 0,
                        create_graph ? 1 : 0, allow_unused ? 1 : 0, found),
                    nameof(grad));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, result => result == 0 ? null! : new Tensor(result));
        }

        /// <summary>Adds the gradients of several tensors to the leaves that they were computed from.</summary>
        /// <param name="tensors">What is differentiated.</param>
        /// <param name="grad_tensors">Gradients by them; left out for single numbers.</param>
        /// <param name="retain_graph">Whether another backward pass through the same operations may follow.</param>
        /// <param name="create_graph">Whether the pass is itself recorded, for gradients of gradients.</param>
        /// <param name="inputs">The leaves that get gradients; all where left out.</param>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            fixed (nint* from = Handles(tensors), upstream = Handles(grad_tensors), by = Handles(inputs))
            {
                NativeError.ThrowIfFailed(
                    NativeMethods.Backward(
                        from, upstream, tensors.Count, by, inputs?.Count ?? 0, retain_graph ?? create_graph ? 1 : 0,
                        create_graph ? 1 : 0),
                    nameof(backward));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }
    }

    /// <summary>Records no operations for gradients, on this thread, until it is disposed of.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Records operations for gradients, on this thread, until it is disposed of.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    /// <summary>Says whether operations are recorded for gradients, on this thread, until it is disposed of.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    /// <summary>Whether operations on this thread are recorded for gradients.</summary>
    public static bool is_grad_enabled() => NativeMethods.GradMode() != 0;

    internal static nint[]? Handles(IList<Tensor>? tensors)
    {
        if (tensors is null)
        {
            return null;
        }

        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            handles[i] = tensors[i].Handle;
        }

        return handles;
    }

    private sealed class GradientMode(bool enabled) : IDisposable
    {
        private readonly int before = NativeMethods.SetGradMode(enabled ? 1 : 0);

        public void Dispose() => _ = NativeMethods.SetGradMode(before);
    }
}
