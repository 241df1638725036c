using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Text.FastText;

namespace Evenhand.Learning.Tests.Text.FastText;

[TestClass]
public sealed class FastTextKernelTests
{
    // Two dimensions fewer than two of the widest registers, so that the last slice is not full.
    private const int Dimension = 30;
    private const float StepSize = 1e-3f;

    private static readonly FitContext Context = new() { Seeds = new SeedTree(3) };

    private static readonly Vocabulary Names = new(["a", "b", "c", "d"]);

    // A text with a feature that occurs twice.
    private static FeatureRows Rows => new([0, 6], [0, 2, 1, 2, 4, 5]);

    // -dL/dv by central differences of the loss, computed in double from its definition.
    [TestMethod]
    [DataRow(LabelKind.Binary, FastTextLoss.Softmax, 1)]
    [DataRow(LabelKind.Multiclass, FastTextLoss.Softmax, 2)]
    [DataRow(LabelKind.Multiclass, FastTextLoss.HierarchicalSoftmax, 2)]
    [DataRow(LabelKind.Multiclass, FastTextLoss.OneVersusAll, 3)]
    [DataRow(LabelKind.MultiLabel, FastTextLoss.Automatic, 1)]
    public void Step_OfAText_IsItsStepSizeTimesTheNegativeGradient(
        LabelKind kind, FastTextLoss loss, int label)
    {
        var classes = kind == LabelKind.Binary ? LabelClasses.Binary : new LabelClasses(kind, Names);
        var outputs = FastTextOutputs.Of(classes, loss, [4, 3, 2, 1]);
        var kernel = Kernel(outputs);
        var (features, vectors) = Snapshot(kernel);
        TakeStep(kernel, outputs, [label], StepSize);
        var (steppedFeatures, steppedVectors) = Snapshot(kernel);
        double At(double[][] v, double[][] w) => Loss(kind, loss, Outputs(v, w), label, outputs);
        AssertSteps(features, steppedFeatures, 1, v => At(v, vectors));
        AssertSteps(vectors, steppedVectors, outputs.StepFactor, w => At(features, w));
    }

    // Joulin et al. 2017, two classes: w0 = -w1 = -d/2, so both have steps of opposite sign.
    [TestMethod]
    public void Step_LogisticOutput_IsTheDifferenceOfTwoSoftmaxOutputs()
    {
        var two = FastTextOutputs.Of(
            new LabelClasses(LabelKind.Multiclass, new Vocabulary(["0", "1"])), FastTextLoss.Softmax, [1, 1]);
        var one = FastTextOutputs.Of(LabelClasses.Binary, FastTextLoss.Softmax, [1, 1]);
        var (ofTwo, ofOne) = (Kernel(two), Kernel(one));
        for (var slice = 0; slice < ofOne.SliceCount; slice++)
        {
            for (var i = 0; i < FastTextKernel.Width; i++)
            {
                ofOne.Output(slice, 0)[i] = ofTwo.Output(slice, 1)[i] - ofTwo.Output(slice, 0)[i];
            }
        }

        for (var step = 0; step < 20; step++)
        {
            TakeStep(ofTwo, two, [step % 3 == 0 ? 0 : 1], 0.3f);
            TakeStep(ofOne, one, [step % 3 == 0 ? 0 : 1], 0.3f);
        }

        for (var slice = 0; slice < ofOne.SliceCount; slice++)
        {
            for (var i = 0; i < FastTextKernel.Width; i++)
            {
                Assert.AreEqual(
                    ofTwo.Output(slice, 1)[i] - ofTwo.Output(slice, 0)[i], ofOne.Output(slice, 0)[i], 1e-5);
                Assert.AreEqual(ofTwo.Feature(slice, 2)[i], ofOne.Feature(slice, 2)[i], 1e-5);
            }
        }
    }

    [TestMethod]
    public void Constructor_NewVectors_LieInTheCubeAndArePaddedWithZeros()
    {
        var kernel = new FastTextKernel(Rows, 6, 3, Dimension, Context);
        var (features, outputs) = Snapshot(kernel);
        Assert.IsTrue(features.All(v => v[..Dimension].All(x => x != 0 && Math.Abs(x) <= 1.0 / Dimension)));
        Assert.IsTrue(features.All(v => v[Dimension..].All(x => x == 0)));
        Assert.IsTrue(outputs.All(w => w.All(x => x == 0)));
    }

    private static FastTextKernel Kernel(FastTextOutputs outputs)
    {
        var kernel = new FastTextKernel(Rows, 6, outputs.Count, Dimension, Context);
        var random = new SeededRandom(5);
        for (var slice = 0; slice < kernel.SliceCount; slice++)
        {
            for (var output = 0; output < outputs.Count; output++)
            {
                var used = Math.Min(FastTextKernel.Width, Dimension - (slice * FastTextKernel.Width));
                foreach (ref var element in kernel.Output(slice, output)[..used])
                {
                    element = (float)random.NextGaussian();
                }
            }

            for (var feature = 0; feature < 6; feature++)
            {
                foreach (ref var element in kernel.Feature(slice, feature))
                {
                    // Larger than at the start, so that probabilities are not all alike.
                    element *= 10;
                }
            }
        }

        return kernel;
    }

    private static void TakeStep(FastTextKernel kernel, FastTextOutputs outputs, int[] classes, float step)
    {
        var ids = outputs.Of(classes);
        var count = ids.IsEmpty ? outputs.Count : ids.Length;
        var means = new float[kernel.SliceCount][];
        var (part, errors) = (new float[count], new float[count]);
        for (var slice = 0; slice < kernel.SliceCount; slice++)
        {
            means[slice] = new float[FastTextKernel.Width];
            kernel.SetOutputs(slice, 0, means[slice], ids, part);
            for (var o = 0; o < count; o++)
            {
                errors[o] += part[o];
            }
        }

        outputs.ToErrors(errors, classes);
        for (var slice = 0; slice < kernel.SliceCount; slice++)
        {
            kernel.Step(slice, 0, means[slice], ids, Array.ConvertAll(errors, e => e * step), outputs.StepFactor);
        }
    }

    private static (double[][] Features, double[][] Outputs) Snapshot(FastTextKernel kernel)
    {
        double[] Vector(Func<int, float[]> ofSlice) =>
            [.. Enumerable.Range(0, kernel.SliceCount).SelectMany(ofSlice).Select(x => (double)x)];
        return (
            [.. Enumerable.Range(0, kernel.FeatureCount).Select(f => Vector(s => kernel.Feature(s, f).ToArray()))],
            [.. Enumerable.Range(0, kernel.OutputCount).Select(o => Vector(s => kernel.Output(s, o).ToArray()))]);
    }

    private static double[] Outputs(double[][] features, double[][] vectors)
    {
        var numbers = Rows[0].ToArray();
        return Array.ConvertAll(
            vectors, w => w.Select((x, i) => x * numbers.Average(number => features[number][i])).Sum());
    }

    private static double Loss(
        LabelKind kind, FastTextLoss loss, double[] outputs, int label, FastTextOutputs meaning)
    {
        double Logistic(double output, bool yes) => Math.Log(1 + Math.Exp(yes ? -output : output));
        if (kind == LabelKind.Binary)
        {
            return Logistic(outputs[0], label == 1);
        }

        if (loss == FastTextLoss.Softmax)
        {
            return Math.Log(outputs.Sum(Math.Exp)) - outputs[label];
        }

        if (loss == FastTextLoss.HierarchicalSoftmax)
        {
            // Of counts 4, 3, 2, 1: d and c are joined to node 0, b and that to node 1, a and that to node 2; c is
            // always second.
            Assert.AreEqual(3, meaning.Count);
            return Logistic(outputs[2], true) + Logistic(outputs[1], true) + Logistic(outputs[0], true);
        }

        return outputs.Select((output, c) => Logistic(output, c == label)).Sum();
    }

    private static void AssertSteps(double[][] from, double[][] to, double factor, Func<double[][], double> loss)
    {
        const double Difference = 1e-5;
        for (var vector = 0; vector < from.Length; vector++)
        {
            for (var i = 0; i < Dimension; i += 7)
            {
                var moved = Array.ConvertAll(from, v => (double[])v.Clone());
                moved[vector][i] = from[vector][i] + Difference;
                var above = loss(moved);
                moved[vector][i] = from[vector][i] - Difference;
                var slope = (above - loss(moved)) / (2 * Difference);
                Assert.AreEqual(
                    -factor * slope, (to[vector][i] - from[vector][i]) / StepSize, 2e-3 * (1 + Math.Abs(slope)));
            }
        }
    }
}
