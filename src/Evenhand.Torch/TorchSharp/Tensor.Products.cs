using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Products of matrices and vectors.
    public partial class Tensor
    {
        /// <summary>Product of matrices, over all leading dimensions; of vectors, their dot product.</summary>
        public Tensor matmul(Tensor target) => Operators.Matmul.Call(this, target);

        /// <summary>Product of two matrices.</summary>
        public Tensor mm(Tensor target) => Operators.Mm.Call(this, target);

        /// <summary>Product of each two matrices of two batches.</summary>
        public Tensor bmm(Tensor batch2) => Operators.Bmm.Call(this, batch2);

        /// <summary>Product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => Operators.Mv.Call(this, target);

        /// <summary>Dot product of two vectors.</summary>
        public Tensor dot(Tensor target) => Operators.Dot.Call(this, target);

        /// <summary>beta times the tensor plus alpha times the products of each two matrices of two batches.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Operators.Baddbmm.Call(this, batch1, batch2, beta, alpha);

        /// <summary>beta times the matrix plus alpha times the product of two matrices.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Operators.Addmm.Call(this, mat1, mat2, beta, alpha);
    }
}
