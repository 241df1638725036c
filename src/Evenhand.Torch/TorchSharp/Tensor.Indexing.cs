using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What is taken of one dimension when a tensor is indexed.</summary>
    public struct TensorIndex
    {
        /// <summary>All dimensions that no other index takes.</summary>
        public static readonly TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex None = new() { Kind = IndexKind.None };

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        internal IndexKind Kind { get; private set; }

        internal long? Start { get; private set; }

        internal long? Stop { get; private set; }

        internal long? Step { get; private set; }

        internal Tensor? Indices { get; private set; }

        /// <summary>A run of indices, from start to before stop.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Slice, Start = start, Stop = stop, Step = step };

        /// <summary>One index; its dimension is taken out.</summary>
        public static TensorIndex Single(long? index) => new() { Kind = IndexKind.Single, Start = index };

        /// <summary>Indices, or a mask.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = IndexKind.Tensor, Indices = tensor };

        /// <summary>One index; its dimension is taken out.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A run of indices.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End is { IsFromEnd: true, Value: 0 } ? null : range.End.IsFromEnd ? -range.End.Value
                : range.End.Value);

        /// <summary>One index, counted from the end perhaps.</summary>
        public static implicit operator TensorIndex(Index index) =>
            Single(index.IsFromEnd ? -index.Value : index.Value);

        internal enum IndexKind
        {
            None,
            Ellipsis,
            Slice,
            Single,
            Tensor,
        }
    }

    // Parts by index.
    public partial class Tensor
    {
        /// <summary>One index of the first dimension.</summary>
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(select(0, i1), value);
        }

        /// <summary>One index of each of the first two dimensions.</summary>
        public Tensor this[long i1, long i2]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2)] = value;
        }

        /// <summary>One index of each of the first three dimensions.</summary>
        public Tensor this[long i1, long i2, long i3]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3)] = value;
        }

        /// <summary>Parts of the first dimensions; the rest whole.</summary>
        /// <exception cref="ArgumentException">There are more indices than dimensions, or two ellipses.</exception>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at indices, or where a mask is true, of the first dimensions.</summary>
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var chosen);
            var part = chosen is null ? view : Operators.Index.Call(view, Argument.Optional(chosen));
            return (ReferenceEquals(part, this) ? Operators.Alias.Call(this) : part).MoveToOuterDisposeScope();
        }

        /// <inheritdoc cref="this[Tensor[]]"/>
        public Tensor index(params Tensor[] indices) => Operators.Index.Call(this, Argument.Optional(indices));

        /// <summary>Writes into a part of the tensor.</summary>
        /// <returns>The tensor.</returns>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = View(indices, out var chosen);
            if (chosen is null)
            {
                view.copy_(value);
            }
            else
            {
                Operators.IndexPutInPlace.CallInPlace(view, Argument.Optional(chosen), value);
            }

            return this;
        }

        /// <summary>Writes at indices, or where a mask is true.</summary>
        /// <returns>The tensor.</returns>
        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            Operators.IndexPutInPlace.CallInPlace(this, Argument.Optional(indices), value);

        private static void Assign(Tensor part, Tensor value)
        {
            using (part)
            {
                part.copy_(value);
            }
        }

        // Takes slices, single indices and new dimensions as views; indices in tensors stay for libtorch.
        private Tensor View(TensorIndex[] indices, out Tensor?[]? chosen)
        {
            ArgumentNullException.ThrowIfNull(indices);
            var taken = indices.Count(i => i.Kind is not (TensorIndex.IndexKind.None or TensorIndex.IndexKind.Ellipsis));
            var masks = indices.Sum(i => i.Indices is { } t && t.dtype == ScalarType.Bool ? (int)t.dim() - 1 : 0);
            var hidden = Dimensions - taken - masks;
            if (hidden < 0 || indices.Count(i => i.Kind == TensorIndex.IndexKind.Ellipsis) > 1)
            {
                throw new ArgumentException(
                    $"The tensor has {Dimensions} dimensions; they were indexed with {taken + masks} indices.");
            }

            var view = this;
            var dimension = 0L;
            List<Tensor?> tensors = [];
            foreach (var index in indices)
            {
                switch (index.Kind)
                {
                    case TensorIndex.IndexKind.Single:
                        view = view.select(dimension, index.Start ?? 0);
                        break;
                    case TensorIndex.IndexKind.None:
                        view = view.unsqueeze(dimension++);
                        break;
                    case TensorIndex.IndexKind.Ellipsis:
                        dimension += hidden;
                        break;
                    case TensorIndex.IndexKind.Slice:
                        view = view.slice(dimension++, index.Start ?? 0, index.Stop ?? long.MaxValue, index.Step ?? 1);
                        break;
                    case TensorIndex.IndexKind.Tensor:
                        while (tensors.Count < dimension)
                        {
                            tensors.Add(null);
                        }

                        tensors.Add(index.Indices);
                        dimension += index.Indices!.dtype == ScalarType.Bool ? index.Indices.dim() : 1;
                        break;
                }
            }

            chosen = tensors.Count == 0 ? null : [.. tensors];
            return view;
        }
    }
}
