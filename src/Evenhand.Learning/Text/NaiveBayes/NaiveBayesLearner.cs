using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.Linear;

namespace Evenhand.Learning.Text.NaiveBayes;

/// <summary>Fits the probabilities of the classes of a text by naive Bayes over its n-grams, in one pass.</summary>
/// <remarks>
/// <para>With n_cj the summed values of feature j in the texts of class c, each times its row's weight, m_c the weight
/// of these texts, and d features. Multinomial: <c>score_c = ln prior_c + sum of x_j ln((n_cj + a) / (n_c + a d))</c>.
/// Complement (J. Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003, section
/// 3.1): <c>score_c = -sum of x_j ln of the same of all other classes</c>. Bernoulli (C. Manning, P. Raghavan, H.
/// Schütze, "Introduction to Information Retrieval", 2008, section 13.3): <c>score_c = ln prior_c + sum of ln p_cj
/// where x has j, and of ln(1 - p_cj) where not</c>, with <c>p_cj = (n_cj + a) / (m_c + 2 a)</c>.</para>
/// <para>Any number of labels: for each label, texts that have it against those that have not. The label is numeric
/// (1 is the positive class, 0 the negative), a category or a set of categories.</para>
/// </remarks>
/// <param name="options">Features, variant and smoothing.</param>
public sealed class NaiveBayesLearner(NaiveBayesOptions options) : Learner<NaiveBayesOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<NaiveBayesOptions>(
        NaiveBayesModel.Name,
        "Naive Bayes (multinomial, complement or Bernoulli) over word and character n-grams of a text.",
        TaskKinds.Texts,
        options => new NaiveBayesLearner(options),
        NaiveBayesModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var texts = TrainingColumns.Text(train, NaiveBayesModel.Name);
        var labels = RowLabels.Of(train, NaiveBayesModel.Name);
        var weights = labels.Weights(train, ClassWeighting.None);
        var (features, rows) = TextFeatures.Fit(texts, Options, context.Threads, context.CancellationToken);
        var (coefficients, intercepts) = NaiveBayesFit.Fit(rows, labels, weights, Options, context.CancellationToken);
        return new NaiveBayesModel(Options, new LinearTextState(
            features, labels.Classes, coefficients, intercepts, LinearTextState.MeansOf(rows)));
    }
}
