using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Losses.
        public static partial class functional
        {
            /// <summary>Negative logarithm of the softmax at the right class.</summary>
            /// <param name="input">Scores: rows by classes.</param>
            /// <param name="target">The right class of each row, or a probability for each class.</param>
            /// <param name="weight">A weight for each class.</param>
            /// <param name="ignore_index">Rows of this class do not count.</param>
            /// <param name="reduction">How the rows become one number.</param>
            /// <param name="label_smoothing">Share of the probability that goes evenly to all classes. Range [0,
            /// 1].</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Operators.CrossEntropyLoss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Negative logarithm of the probability of the right class.</summary>
            /// <param name="input">Logarithms of probabilities: rows by classes.</param>
            /// <param name="target">The right class of each row.</param>
            /// <param name="weight">A weight for each class.</param>
            /// <param name="reduction">How the rows become one number.</param>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Operators.NllLoss.Call(input, target, weight, (long)reduction);

            /// <summary>Negative log-likelihood of truth values by the logits of their probabilities.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Truth, or its probability.</param>
            /// <param name="weight">A weight for each element.</param>
            /// <param name="reduction">How the elements become one number.</param>
            /// <param name="pos_weights">A weight for what is true.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) =>
                Operators.BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            /// <summary>Negative log-likelihood of truth values by their probabilities.</summary>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Operators.BinaryCrossEntropy.Call(input, target, weight, (long)reduction);

            /// <summary>Squared difference.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Operators.MseLoss.Call(input, target, (long)reduction);

            /// <summary>Absolute difference.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Operators.L1Loss.Call(input, target, (long)reduction);

            /// <summary>Squared difference / (2 beta) below beta, absolute difference - beta / 2 above.</summary>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Operators.SmoothL1Loss.Call(input, target, (long)reduction, beta);

            /// <summary>Squared difference / 2 below delta, delta (absolute difference - delta / 2) above.</summary>
            public static Tensor huber_loss(
                Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Operators.HuberLoss.Call(input, target, (long)reduction, delta);

            /// <summary>Kullback-Leibler divergence, element by element: target (log target - input).</summary>
            /// <param name="input">Logarithms of the model's probabilities.</param>
            /// <param name="target">Probabilities, or their logarithms.</param>
            /// <param name="log_target">Whether they are logarithms; true where left out, as in TorchSharp.</param>
            /// <param name="reduction">How the elements become one number; the mean is over elements, not rows.</param>
            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Operators.KlDiv.Call(input, target, (long)reduction, log_target);

            /// <summary>max(0, margin - target (input1 - input2)).</summary>
            public static Tensor margin_ranking_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0.0,
                Reduction reduction = Reduction.Mean) =>
                Operators.MarginRankingLoss.Call(input1, input2, target, margin, (long)reduction);
        }
    }
}
