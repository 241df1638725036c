using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Fits the classes of a text by the mean of the vectors of its words and n-grams.</summary>
/// <remarks>
/// <para>A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, "Bag of tricks for efficient text classification", EACL 2017;
/// runs of characters within words as in P. Bojanowski, E. Grave, A. Joulin, T. Mikolov, "Enriching word vectors with
/// subword information", TACL 5 (2017). Vectors of features and of classes are learned together by stochastic gradient
/// descent with steps that shrink to 0; texts come in one random order. The weight of a row scales its step.</para>
/// <para>Every n-gram that occurs has a vector of its own, where the authors' program has a fixed table in which
/// n-grams collide.</para>
/// <para>What is predicted is linear in the mean vector. So with no more outputs than dimensions the model keeps the
/// outputs of each feature instead of its vector: the same predictions from less.</para>
/// </remarks>
/// <param name="options">Features, descent, loss and size of the model.</param>
public sealed class FastTextLearner(FastTextOptions options) : Learner<FastTextOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<FastTextOptions>(
        FastTextModel.Name,
        "Means of the vectors of words and n-grams, learned with those of the classes by stochastic gradient "
        + "descent.",
        TaskKinds.Texts,
        options => new FastTextLearner(options),
        FastTextModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var texts = TrainingColumns.Text(train, FastTextModel.Name);
        var labels = RowLabels.Of(train, FastTextModel.Name);
        RequireLossFor(labels.Classes);
        var rowWeights = labels.Weights(train, Options.ClassWeights);
        var order = context.Seeds.Fork("order").CreateRandom().NextPermutation(train.RowCount);
        var weights = Array.ConvertAll(order, row => (float)rowWeights[row]);
        var counts = Counts(labels, rowWeights);
        var outputs = FastTextOutputs.Of(labels.Classes, Options.LossFunction, counts);
        var (features, rows) = FastTextFeatures.Fit(texts, order, Options, context);
        var kernel = new FastTextKernel(rows, features.Count, outputs.Count, Options.Dimension, context);
        new FastTextDescent(kernel, outputs, labels, order, weights, Options, context).Run(ModelAsItStands);
        return ModelAsItStands();

        FastTextModel ModelAsItStands() => Model(kernel, features, labels.Classes, outputs, counts, context);
    }

    private void RequireLossFor(LabelClasses classes)
    {
        if (classes.Kind == LabelKind.MultiLabel && !Options.Serves(TaskKind.MultiLabelTextClassification))
        {
            throw new InputException(
                $"'{FastTextModel.Name}' learns sets of labels with the loss function automatic or one-versus-all, not "
                + $"{Options.LossFunction}.");
        }
    }

    private static double[] Counts(RowLabels labels, double[] weights)
    {
        var counts = new double[labels.Classes.Names.Count];
        for (var row = 0; row < weights.Length; row++)
        {
            foreach (var code in labels.Of(row))
            {
                counts[code] += weights[row];
            }
        }

        return counts;
    }

    private FastTextModel Model(
        FastTextKernel kernel,
        FastTextFeatures features,
        LabelClasses classes,
        FastTextOutputs outputs,
        double[] counts,
        FitContext context)
    {
        var vectors = new FastTextProjection(kernel, context);
        if (!vectors.IsFinite)
        {
            throw new DivergenceException(
                $"'{FastTextModel.Name}' left the finite numbers; choose a smaller learningRate than "
                + $"{Options.LearningRate}.");
        }

        var (values, kept) = (vectors.Values, features);
        if (Options.LargestVocabulary > 0 && features.Count - 1 > Options.LargestVocabulary)
        {
            var longest = vectors.Longest(Options.LargestVocabulary);
            values = vectors.Select(longest);
            kept = features.Keep(longest);
        }

        var stored = Options.Quantize
            ? FeatureVectors.Quantize(
                values, vectors.Length, Options, context with { Seeds = context.Seeds.Fork("quantize") })
            : FeatureVectors.OfFloats(values, vectors.Length);
        return new FastTextModel(Options, classes, outputs, counts, kept, stored, vectors.Outputs);
    }
}
