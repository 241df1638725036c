using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // The same elements in another shape, and parts of them.
    public partial class Tensor
    {
        /// <summary>The same elements in another shape; -1 stands for what is left. They must lie so in
        /// memory.</summary>
        public Tensor view(params long[] shape) => Operators.View.Call(this, shape);

        /// <summary>The same elements in another shape; -1 stands for what is left. Copied where they do not lie so in
        /// memory.</summary>
        public Tensor reshape(params long[] shape) => Operators.Reshape.Call(this, shape);

        /// <summary>The same elements in the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Makes one dimension of several.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Operators.Flatten.Call(this, start_dim, end_dim);

        /// <summary>Makes several dimensions of one.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Operators.Unflatten.Call(this, dim, sizes);

        /// <summary>Swaps two dimensions.</summary>
        public Tensor transpose(long dim0, long dim1) => Operators.Transpose.Call(this, dim0, dim1);

        /// <summary>Swaps the dimensions of a matrix.</summary>
        public Tensor t() => Operators.T.Call(this);

        /// <summary>The last two dimensions swapped.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>Puts the dimensions into another order.</summary>
        public Tensor permute(params long[] permutation) => Operators.Permute.Call(this, permutation);

        /// <summary>Adds a dimension of length 1.</summary>
        public Tensor unsqueeze(long dim) => Operators.Unsqueeze.Call(this, dim);

        /// <summary>Takes out a dimension of length 1, or all of them.</summary>
        public Tensor squeeze(long? dim = null) =>
            dim is { } one ? Operators.SqueezeOfDimension.Call(this, one) : Operators.Squeeze.Call(this);

        /// <summary>Repeats dimensions of length 1 without copying; -1 leaves one as it is.</summary>
        public Tensor expand(params long[] sizes) => Operators.Expand.Call(this, sizes);

        /// <summary>Repeats dimensions of length 1, without copying, to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Repeats dimensions of length 1, without copying, to a shape.</summary>
        public Tensor broadcast_to(params long[] shape) => Operators.BroadcastTo.Call(this, shape);

        /// <summary>Copies the tensor several times along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Operators.Repeat.Call(this, sizes);

        /// <summary>Copies each element several times, one after another.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null) =>
            Operators.RepeatInterleave.Call(this, repeats, dim);

        /// <summary>The same elements, in the order of rows without gaps; copied where they do not lie so.</summary>
        public Tensor contiguous() => Operators.Contiguous.Call(this);

        /// <summary>A copy; gradients flow through.</summary>
        public Tensor clone() => Operators.Clone.Call(this);

        /// <summary>The elements along dimensions in reverse.</summary>
        public Tensor flip(params long[] dims) => Operators.Flip.Call(this, dims);

        /// <summary>Moves the elements on; those that go over the end come in at the start.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            Operators.Roll.Call(this, new[] { shifts }, dims is { } one ? new[] { one } : []);

        /// <summary>The elements on and below a diagonal; 0 elsewhere.</summary>
        public Tensor tril(long diagonal = 0) => Operators.Tril.Call(this, diagonal);

        /// <summary>The elements on and above a diagonal; 0 elsewhere.</summary>
        public Tensor triu(long diagonal = 0) => Operators.Triu.Call(this, diagonal);

        /// <summary>The elements on a diagonal.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Operators.Diagonal.Call(this, offset, dim1, dim2);

        /// <summary>A run of elements along a dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Operators.Narrow.Call(this, dim, start, length);

        /// <summary>One index of a dimension, which is taken out.</summary>
        public Tensor select(long dim, long index) => Operators.Select.Call(this, dim, index);

        /// <summary>Every so many elements along a dimension, from start to before finish.</summary>
        public Tensor slice(long dim, long start, long finish, long step) =>
            Operators.Slice.Call(this, dim, start, finish, step);

        /// <summary>Parts of equal size along a dimension; the last may be less.</summary>
        public Tensor[] split(long size, int dim = 0) => Operators.Split.CallMany(this, size, dim);

        /// <summary>Parts of given sizes along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Operators.SplitSizes.CallMany(this, sizes, dim);

        /// <summary>So many parts along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => Operators.Chunk.CallMany(this, chunks, dim);

        /// <summary>One part for each index of a dimension, which is taken out.</summary>
        public Tensor[] unbind(long dimension = 0L) => Operators.Unbind.CallMany(this, dimension);

        /// <summary>Indices of a dimension, in any order, repeated or not.</summary>
        public Tensor index_select(long dim, Tensor index) => Operators.IndexSelect.Call(this, dim, index);

        /// <summary>Adds alpha times the source at indices of a dimension.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Operators.IndexAdd.Call(this, dim, index, source, alpha);

        /// <summary>Adds alpha times the source at indices of a dimension, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Operators.IndexAddInPlace.CallInPlace(this, dim, index, source, alpha);

        /// <summary>Writes the source at indices of a dimension.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Operators.IndexCopyInPlace.CallInPlace(this, dim, index, source);

        /// <summary>For each index, the element at it along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) => Operators.Gather.Call(this, dim, index);

        /// <summary>The elements, with the source written at indices along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Operators.Scatter.Call(this, dim, index, src);

        /// <summary>Writes the source at indices along a dimension.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Operators.ScatterInPlace.CallInPlace(this, dim, index, src);

        /// <summary>The elements, with the source added at indices along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Operators.ScatterAdd.Call(this, dim, index, src);

        /// <summary>Adds the source at indices along a dimension.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            Operators.ScatterAddInPlace.CallInPlace(this, dim, index, src);

        /// <summary>The elements where the mask is true, in a row.</summary>
        public Tensor masked_select(Tensor mask) => Operators.MaskedSelect.Call(this, mask);
    }
}
