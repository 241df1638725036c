using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Fewer numbers out of many.
    public partial class Tensor
    {
        /// <summary>Sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => Operators.Sum.Call(this, type);

        /// <summary>Sum along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Operators.SumOfDimensions.Call(this, dim, keepdim, type);

        /// <summary>Sum along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Operators.SumOfDimensions.Call(this, new[] { dim }, keepdim, type);

        /// <summary>Mean of all elements.</summary>
        public Tensor mean() => Operators.Mean.Call(this);

        /// <summary>Mean along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Operators.MeanOfDimensions.Call(this, dimensions, keepdim, type);

        /// <summary>Variance of all elements; divided by one less than their number where unbiased.</summary>
        public Tensor var(bool unbiased = true) => Operators.Var.Call(this, unbiased);

        /// <summary>Variance along dimensions.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Operators.VarOfDimensions.Call(this, dimensions, unbiased, keepdim);

        /// <summary>Variance along a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) =>
            Operators.VarOfDimensions.Call(this, new[] { dim }, unbiased, keepdim);

        /// <summary>Standard deviation of all elements; divided by one less than their number where unbiased.</summary>
        public Tensor std(bool unbiased = true) => Operators.Std.Call(this, unbiased);

        /// <summary>Standard deviation along dimensions.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Operators.StdOfDimensions.Call(this, dimensions, unbiased, keepdim);

        /// <summary>Standard deviation along a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) =>
            Operators.StdOfDimensions.Call(this, new[] { dim }, unbiased, keepdim);

        /// <summary>Product of all elements.</summary>
        public Tensor prod() => Operators.Prod.Call(this);

        /// <summary>Greatest element.</summary>
        public Tensor max() => Operators.Max.Call(this);

        /// <summary>Greatest elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Operators.MaxOfDimension.CallTwo(this, dim, keepdim);

        /// <summary>Greatest elements along dimensions; equal ones share the gradient.</summary>
        public Tensor amax(params long[] dims) => Operators.Amax.Call(this, dims);

        /// <summary>Index of the greatest element, in the order of rows.</summary>
        public Tensor argmax() => Operators.Argmax.Call(this);

        /// <summary>Index of the greatest element along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Operators.Argmax.Call(this, dim, keepdim);

        /// <summary>Least element.</summary>
        public Tensor min() => Operators.Min.Call(this);

        /// <summary>Least elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Operators.MinOfDimension.CallTwo(this, dim, keepdim);

        /// <summary>Least elements along dimensions; equal ones share the gradient.</summary>
        public Tensor amin(params long[] dims) => Operators.Amin.Call(this, dims);

        /// <summary>Index of the least element, in the order of rows.</summary>
        public Tensor argmin() => Operators.Argmin.Call(this);

        /// <summary>Index of the least element along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Operators.Argmin.Call(this, dim, keepdim);

        /// <summary>Logarithm of the sum of exponentials along a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Operators.Logsumexp.Call(this, new[] { dim }, keepdim);

        /// <summary>p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => Operators.Norm.Call(this, p);

        /// <summary>p-norm along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Operators.NormOfDimension.Call(this, (Scalar)p, new[] { (long)dim }, keepdim);

        /// <summary>Exponentials along a dimension, divided by their sum.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Operators.Softmax.Call(this, dim, dtype);

        /// <summary>Logarithm of the softmax along a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Operators.LogSoftmax.Call(this, dim, dtype);

        /// <summary>Running sum along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Operators.Cumsum.Call(this, dim, type);

        /// <summary>Elements in order along a dimension, and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Operators.Sort.CallTwo(this, stable, dim, descending);

        /// <summary>Where the elements in order along a dimension are.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Operators.Argsort.Call(this, dim, descending);

        /// <summary>The k greatest, or least, elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Operators.Topk.CallTwo(this, k, dim, largest, sorted);

        /// <summary>How often each whole number occurs, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) =>
            Operators.Bincount.Call(this, weights, minlength);

        /// <summary>Indices of the elements that are not 0, one row each.</summary>
        public Tensor nonzero() => Operators.Nonzero.Call(this);
    }
}
