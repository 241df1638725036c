using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // One number for each number.
    public partial class Tensor
    {
        /// <summary>Absolute value.</summary>
        public Tensor abs() => Operators.Abs.Call(this);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Operators.Exp.Call(this);

        /// <summary>e to the power of each element, less 1; exact near 0.</summary>
        public Tensor expm1() => Operators.Expm1.Call(this);

        /// <summary>Natural logarithm.</summary>
        public Tensor log() => Operators.Log.Call(this);

        /// <summary>Natural logarithm of 1 plus each element; exact near 0.</summary>
        public Tensor log1p() => Operators.Log1p.Call(this);

        /// <summary>Logarithm to base 2.</summary>
        public Tensor log2() => Operators.Log2.Call(this);

        /// <summary>Square root.</summary>
        public Tensor sqrt() => Operators.Sqrt.Call(this);

        /// <summary>1 divided by the square root.</summary>
        public Tensor rsqrt() => Operators.Rsqrt.Call(this);

        /// <summary>1 divided by each element.</summary>
        public Tensor reciprocal() => Operators.Reciprocal.Call(this);

        /// <summary>Square.</summary>
        public Tensor square() => Operators.Square.Call(this);

        /// <summary>Each element with the other sign.</summary>
        public Tensor neg() => Operators.Neg.Call(this);

        /// <summary>-1, 0 or 1 by the sign.</summary>
        public Tensor sign() => Operators.Sign.Call(this);

        /// <summary>The next whole number below.</summary>
        public Tensor floor() => Operators.Floor.Call(this);

        /// <summary>The next whole number above.</summary>
        public Tensor ceil() => Operators.Ceil.Call(this);

        /// <summary>The nearest whole number; halves go to the even one.</summary>
        public Tensor round() => Operators.Round.Call(this);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => Operators.Tanh.Call(this);

        /// <summary>Sine of radians.</summary>
        public Tensor sin() => Operators.Sin.Call(this);

        /// <summary>Cosine of radians.</summary>
        public Tensor cos() => Operators.Cos.Call(this);

        /// <summary>Logistic function 1 / (1 + e^-x).</summary>
        public Tensor sigmoid() => Operators.Sigmoid.Call(this);

        /// <summary>The greater of the element and 0.</summary>
        public Tensor relu() => Operators.Relu.Call(this);

        /// <summary>Error function.</summary>
        public Tensor erf() => Operators.Erf.Call(this);

        /// <summary>Replaces each element by its absolute value.</summary>
        public Tensor abs_() => Operators.AbsInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its exponential.</summary>
        public Tensor exp_() => Operators.ExpInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its logarithm.</summary>
        public Tensor log_() => Operators.LogInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its square root.</summary>
        public Tensor sqrt_() => Operators.SqrtInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its 1 divided by the square root.</summary>
        public Tensor rsqrt_() => Operators.RsqrtInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its negative.</summary>
        public Tensor neg_() => Operators.NegInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its hyperbolic tangent.</summary>
        public Tensor tanh_() => Operators.TanhInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its logistic function.</summary>
        public Tensor sigmoid_() => Operators.SigmoidInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its greater of itself and 0.</summary>
        public Tensor relu_() => Operators.ReluInPlace.CallInPlace(this);

        /// <summary>Replaces each element by its reciprocal.</summary>
        public Tensor reciprocal_() => Operators.ReciprocalInPlace.CallInPlace(this);

        /// <inheritdoc cref="neg()"/>
        public Tensor negative() => neg();

        /// <summary>Gaussian error linear unit, exact: x times the normal distribution function of x. Hendrycks,
        /// Gimpel 2016.</summary>
        public Tensor gelu() => Operators.Gelu.Call(this);

        /// <summary>x times the logistic function of x.</summary>
        public Tensor silu() => Operators.Silu.Call(this);

        /// <summary>x where it is positive, else x times the slope.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Operators.LeakyRelu.Call(this, negative_slope);

        /// <summary>log(1 + e^(beta x)) / beta; x itself where beta x is above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Operators.Softplus.Call(this, beta, threshold);

        /// <summary>Logarithm of the logistic function; exact far from 0.</summary>
        public Tensor log_sigmoid() => Operators.LogSigmoid.Call(this);

        /// <summary>Sum of each two elements.</summary>
        public Tensor add(Tensor target) => Operators.Add.Call(this, target);

        /// <summary>Sum of each element and alpha times the other.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Operators.Add.Call(this, target, alpha);

        /// <summary>Sum of each element and a number.</summary>
        public Tensor add(Scalar scalar) => Operators.AddScalar.Call(this, scalar);

        /// <summary>Difference of each two elements.</summary>
        public Tensor sub(Tensor target) => Operators.Sub.Call(this, target);

        /// <summary>Difference of each element and a number.</summary>
        public Tensor sub(Scalar target) => Operators.SubScalar.Call(this, target);

        /// <summary>Product of each two elements.</summary>
        public Tensor mul(Tensor target) => Operators.Mul.Call(this, target);

        /// <summary>Product of each element and a number.</summary>
        public Tensor mul(Scalar target) => Operators.MulScalar.Call(this, target);

        /// <summary>Quotient of each two elements.</summary>
        public Tensor div(Tensor target) => Operators.Div.Call(this, target);

        /// <summary>Quotient of each element and a number.</summary>
        public Tensor div(Scalar target) => Operators.DivScalar.Call(this, target);

        /// <summary>Quotient of each element and a number, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Operators.FloorDivideScalar.Call(this, other);

        /// <summary>What is left of dividing each two elements; it has the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Operators.Remainder.Call(this, target);

        /// <summary>What is left of dividing each element by a number; it has the sign of the divisor.</summary>
        public Tensor remainder(Scalar scalar) => Operators.RemainderScalar.Call(this, scalar);

        /// <summary>Each element to the power of the other.</summary>
        public Tensor pow(Tensor exponent) => Operators.Pow.Call(this, exponent);

        /// <summary>Each element to a power.</summary>
        public Tensor pow(Scalar exponent) => Operators.PowScalar.Call(this, exponent);

        /// <summary>Adds to each element another.</summary>
        public Tensor add_(Tensor target) => Operators.AddInPlace.CallInPlace(this, target);

        /// <summary>Adds to each element alpha times another.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Operators.AddInPlace.CallInPlace(this, target, alpha);

        /// <summary>Adds a number to each element.</summary>
        public Tensor add_(Scalar scalar) => Operators.AddScalarInPlace.CallInPlace(this, scalar);

        /// <summary>Subtracts from each element another.</summary>
        public Tensor sub_(Tensor target) => Operators.SubInPlace.CallInPlace(this, target);

        /// <summary>Subtracts a number from each element.</summary>
        public Tensor sub_(Scalar target) => Operators.SubScalarInPlace.CallInPlace(this, target);

        /// <summary>Multiplies each element by another.</summary>
        public Tensor mul_(Tensor target) => Operators.MulInPlace.CallInPlace(this, target);

        /// <summary>Multiplies each element by a number.</summary>
        public Tensor mul_(Scalar target) => Operators.MulScalarInPlace.CallInPlace(this, target);

        /// <summary>Divides each element by another.</summary>
        public Tensor div_(Tensor target) => Operators.DivInPlace.CallInPlace(this, target);

        /// <summary>Divides each element by a number.</summary>
        public Tensor div_(Scalar target) => Operators.DivScalarInPlace.CallInPlace(this, target);

        /// <summary>Adds value times the product of two other elements.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.Addcmul.Call(this, tensor1, tensor2, value);

        /// <summary>Adds value times the product of two other elements, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.AddcmulInPlace.CallInPlace(this, tensor1, tensor2, value);

        /// <summary>Adds value times the quotient of two other elements.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.Addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>Adds value times the quotient of two other elements, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operators.AddcdivInPlace.CallInPlace(this, tensor1, tensor2, value);

        /// <summary>The point between each two elements that the weight says: 0 is this one, 1 the other.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Operators.Lerp.Call(this, end, weight);

        /// <summary>Each element, brought between two bounds; either may be left out.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Operators.Clamp.Call(this, min, max);

        /// <summary>Brings each element between two bounds; either may be left out.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Operators.ClampInPlace.CallInPlace(this, min, max);

        /// <summary>Each element, or the bound where that is greater.</summary>
        public Tensor clamp_min(Scalar min) => Operators.ClampMin.Call(this, min);

        /// <summary>Each element, or the bound where that is less.</summary>
        public Tensor clamp_max(Scalar max) => Operators.ClampMax.Call(this, max);

        /// <summary>The greater of each two elements.</summary>
        public Tensor maximum(Tensor other) => Operators.Maximum.Call(this, other);

        /// <summary>The less of each two elements.</summary>
        public Tensor minimum(Tensor other) => Operators.Minimum.Call(this, other);

        /// <summary>The number where the mask is true, the element elsewhere.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Operators.MaskedFill.Call(this, mask, value);

        /// <summary>Writes the number where the mask is true.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Operators.MaskedFillInPlace.CallInPlace(this, mask, value);

        /// <summary>The element where the condition is true, the other elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Operators.Where.Call(condition, this, y);

        /// <summary>Writes the number into each element.</summary>
        public Tensor fill_(Scalar value) => Operators.FillInPlace.CallInPlace(this, value);

        /// <summary>Writes 0 into each element.</summary>
        public Tensor zero_() => Operators.ZeroInPlace.CallInPlace(this);

        /// <summary>Writes the elements of another tensor into this one; it is expanded and converted where
        /// needed.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Operators.CopyInPlace.CallInPlace(this, source, nonBlocking);

        /// <summary>Replaces what is not a number, and the infinities: by the greatest and least numbers where nothing
        /// is given.</summary>
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Operators.NanToNum.Call(this, nan, posinf, neginf);
    }
}
