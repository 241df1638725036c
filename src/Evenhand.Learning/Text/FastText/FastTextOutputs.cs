using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Text.FastText;

/// <summary>What the outputs of a classifier mean: from the outputs of a text to the gradient of its loss, and to the
/// scores of its classes.</summary>
/// <remarks>An output is the inner product of a text's vector and an output vector.</remarks>
internal abstract class FastTextOutputs
{
    /// <summary>Number of output vectors.</summary>
    public abstract int Count { get; }

    /// <summary>Most outputs that a text needs in training.</summary>
    public virtual int MostOfText => Count;

    /// <summary>How often the gradient counts in the step of an output vector.</summary>
    public virtual float StepFactor => 1;

    /// <summary>The outputs that a text needs in training; empty for all of them, in order.</summary>
    /// <param name="classes">Classes of the text.</param>
    public virtual ReadOnlySpan<int> Of(ReadOnlySpan<int> classes) => [];

    /// <summary>Replaces the outputs of a text (<see cref="Of(ReadOnlySpan{int})"/>) by minus the derivatives of its
    /// loss.</summary>
    public abstract void ToErrors(Span<float> outputs, ReadOnlySpan<int> classes);

    /// <summary>Scores as <see cref="LabelClasses.ToPredictions"/> takes them.</summary>
    /// <param name="outputs">All outputs.</param>
    /// <param name="scores">One for each score of <see cref="LabelClasses"/>.</param>
    public abstract void ToScores(ReadOnlySpan<float> outputs, Span<double> scores);

    /// <summary>For each score, the sum of outputs (with a sign) that grows with it and is linear in the text's
    /// vector; in place of the outputs of a text those of a part of its vector may be given.</summary>
    public virtual void ToLinearScores(ReadOnlySpan<float> outputs, Span<double> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = outputs[i];
        }
    }

    /// <param name="classes">The classes.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="counts">How often each class occurs.</param>
    public static FastTextOutputs Of(LabelClasses classes, FastTextLoss loss, ReadOnlySpan<double> counts) =>
        (classes.Kind, loss) switch
        {
            // Of two classes the three losses are one.
            (LabelKind.Binary, _) => new LogisticOutput(),
            (LabelKind.MultiLabel, _) or (_, FastTextLoss.OneVersusAll) =>
                new OneVersusAllOutputs(classes.Names.Count, classes.Kind == LabelKind.MultiLabel),
            (_, FastTextLoss.HierarchicalSoftmax) when counts.Length > 1 => new TreeOutputs(HuffmanTree.Of(counts)),
            _ => new SoftmaxOutputs(classes.Names.Count),
        };

    /// <summary>The softmax of two classes by the difference of their outputs.</summary>
    /// <remarks>Both output vectors start equal and take opposite steps, so their difference takes twice the
    /// step.</remarks>
    private sealed class LogisticOutput : FastTextOutputs
    {
        public override int Count => 1;

        public override float StepFactor => 2;

        public override void ToErrors(Span<float> outputs, ReadOnlySpan<int> classes) =>
            outputs[0] = classes[0] - (float)LabelClasses.Sigmoid(outputs[0]);

        public override void ToScores(ReadOnlySpan<float> outputs, Span<double> scores) => scores[0] = outputs[0];
    }

    private sealed class SoftmaxOutputs(int count) : FastTextOutputs
    {
        public override int Count => count;

        public override void ToErrors(Span<float> outputs, ReadOnlySpan<int> classes)
        {
            var largest = float.NegativeInfinity;
            foreach (var output in outputs)
            {
                largest = MathF.Max(largest, output);
            }

            var sum = 0f;
            foreach (ref var output in outputs)
            {
                output = MathF.Exp(output - largest);
                sum += output;
            }

            foreach (ref var output in outputs)
            {
                output /= -sum;
            }

            outputs[classes[0]] += 1;
        }

        public override void ToScores(ReadOnlySpan<float> outputs, Span<double> scores) =>
            ToLinearScores(outputs, scores);
    }

    private sealed class OneVersusAllOutputs(int count, bool anyNumber) : FastTextOutputs
    {
        public override int Count => count;

        public override void ToErrors(Span<float> outputs, ReadOnlySpan<int> classes)
        {
            foreach (ref var output in outputs)
            {
                output = (float)-LabelClasses.Sigmoid(output);
            }

            foreach (var code in classes)
            {
                outputs[code] += 1;
            }
        }

        // Where one class is to be chosen, softmax makes p_c / sum of p of log p.
        public override void ToScores(ReadOnlySpan<float> outputs, Span<double> scores)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = anyNumber ? outputs[i] : LogSigmoid(outputs[i]);
            }
        }
    }

    /// <summary>An output for each inner node of a tree: the log-odds of its second child.</summary>
    private sealed class TreeOutputs(HuffmanTree tree) : FastTextOutputs
    {
        public override int Count => tree.NodeCount;

        public override int MostOfText => tree.Deepest;

        public override ReadOnlySpan<int> Of(ReadOnlySpan<int> classes) => tree.Nodes(classes[0]);

        public override void ToErrors(Span<float> outputs, ReadOnlySpan<int> classes)
        {
            var turns = tree.Turns(classes[0]);
            for (var i = 0; i < turns.Length; i++)
            {
                outputs[i] = (turns[i] ? 1 : 0) - (float)LabelClasses.Sigmoid(outputs[i]);
            }
        }

        // Logarithms of probabilities, which sum to 1 already: softmax leaves them as they are.
        public override void ToScores(ReadOnlySpan<float> outputs, Span<double> scores)
        {
            for (var leaf = 0; leaf < scores.Length; leaf++)
            {
                scores[leaf] = 0;
                var turns = tree.Turns(leaf);
                for (var i = 0; i < turns.Length; i++)
                {
                    var output = outputs[tree.Nodes(leaf)[i]];
                    scores[leaf] += LogSigmoid(turns[i] ? output : -output);
                }
            }
        }

        public override void ToLinearScores(ReadOnlySpan<float> outputs, Span<double> scores)
        {
            for (var leaf = 0; leaf < scores.Length; leaf++)
            {
                scores[leaf] = 0;
                var turns = tree.Turns(leaf);
                for (var i = 0; i < turns.Length; i++)
                {
                    var output = outputs[tree.Nodes(leaf)[i]];
                    scores[leaf] += turns[i] ? output : -output;
                }
            }
        }
    }

    private static double LogSigmoid(double x) => Math.Min(x, 0) - Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
