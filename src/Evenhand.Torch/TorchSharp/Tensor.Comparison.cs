using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Truth values.
    public partial class Tensor
    {
        /// <summary>Whether each element is equal.</summary>
        public Tensor eq(Tensor target) => Operators.Eq.Call(this, target);

        /// <summary>Whether each element is equal.</summary>
        public Tensor eq(Scalar target) => Operators.EqScalar.Call(this, target);

        /// <summary>Whether each element is not equal.</summary>
        public Tensor ne(Tensor target) => Operators.Ne.Call(this, target);

        /// <summary>Whether each element is not equal.</summary>
        public Tensor ne(Scalar target) => Operators.NeScalar.Call(this, target);

        /// <summary>Whether each element is less.</summary>
        public Tensor lt(Tensor target) => Operators.Lt.Call(this, target);

        /// <summary>Whether each element is less.</summary>
        public Tensor lt(Scalar target) => Operators.LtScalar.Call(this, target);

        /// <summary>Whether each element is less or equal.</summary>
        public Tensor le(Tensor target) => Operators.Le.Call(this, target);

        /// <summary>Whether each element is less or equal.</summary>
        public Tensor le(Scalar target) => Operators.LeScalar.Call(this, target);

        /// <summary>Whether each element is greater.</summary>
        public Tensor gt(Tensor target) => Operators.Gt.Call(this, target);

        /// <summary>Whether each element is greater.</summary>
        public Tensor gt(Scalar target) => Operators.GtScalar.Call(this, target);

        /// <summary>Whether each element is greater or equal.</summary>
        public Tensor ge(Tensor target) => Operators.Ge.Call(this, target);

        /// <summary>Whether each element is greater or equal.</summary>
        public Tensor ge(Scalar target) => Operators.GeScalar.Call(this, target);

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => Operators.Isnan.Call(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Operators.Isinf.Call(this);

        /// <summary>Whether each element is a finite number.</summary>
        public Tensor isfinite() => Operators.Isfinite.Call(this);

        /// <summary>Whether both of each two elements is true.</summary>
        public Tensor logical_and(Tensor other) => Operators.LogicalAnd.Call(this, other);

        /// <summary>Bit by bit, whether both of each two is set.</summary>
        public Tensor bitwise_and(Tensor other) => Operators.BitwiseAnd.Call(this, other);

        /// <summary>Whether at least one of each two elements is true.</summary>
        public Tensor logical_or(Tensor other) => Operators.LogicalOr.Call(this, other);

        /// <summary>Bit by bit, whether at least one of each two is set.</summary>
        public Tensor bitwise_or(Tensor other) => Operators.BitwiseOr.Call(this, other);

        /// <summary>Whether exactly one of each two elements is true.</summary>
        public Tensor logical_xor(Tensor other) => Operators.LogicalXor.Call(this, other);

        /// <summary>Bit by bit, whether exactly one of each two is set.</summary>
        public Tensor bitwise_xor(Tensor other) => Operators.BitwiseXor.Call(this, other);

        /// <summary>Whether each element is false.</summary>
        public Tensor logical_not() => Operators.LogicalNot.Call(this);

        /// <summary>Each bit turned over.</summary>
        public Tensor bitwise_not() => Operators.BitwiseNot.Call(this);

        /// <summary>Whether all elements are true.</summary>
        public Tensor all() => Operators.All.Call(this);

        /// <summary>Whether all elements along a dimension are true.</summary>
        public Tensor all(long dim, bool keepdim = false) => Operators.AllOfDimension.Call(this, dim, keepdim);

        /// <summary>Whether an element is true.</summary>
        public Tensor any() => Operators.Any.Call(this);

        /// <summary>Whether an element along a dimension is true.</summary>
        public Tensor any(long dim, bool keepdim = false) => Operators.AnyOfDimension.Call(this, dim, keepdim);

        /// <summary>Whether all elements are near to those of another tensor: |a - b| &lt;= atol + rtol |b|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Operators.AllClose.CallNumber(this, target, rtol, atol, equal_nan) != 0;
    }
}
