using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Random elements.
    public partial class Tensor
    {
        /// <summary>1 with the probability that each element says, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Operators.Bernoulli.Call(this, generator);

        /// <summary>Writes 1 with probability p, else 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Operators.BernoulliInPlace.CallInPlace(this, p, generator);

        /// <summary>Draws each element from a normal distribution.</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Operators.NormalInPlace.CallInPlace(this, mean, std, generator);

        /// <summary>Draws each element evenly from a range.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Operators.UniformInPlace.CallInPlace(this, from, to, generator);

        /// <summary>Draws each element from an exponential distribution of this rate.</summary>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Operators.ExponentialInPlace.CallInPlace(this, lambda, generator);

        /// <summary>Draws indices of each row by the weights in it.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Operators.Multinomial.Call(this, num_samples, replacement, generator);
    }
}
