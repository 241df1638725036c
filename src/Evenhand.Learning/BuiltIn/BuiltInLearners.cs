using Evenhand.Learning.Recommendation.AlternatingLeastSquares;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Ease;
using Evenhand.Learning.Recommendation.Ensemble;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.PairwiseRanking;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.Learning.Recommendation.Slim;
using Evenhand.Learning.Recommendation.SvdPlusPlus;
using Evenhand.Learning.Recommendation.TimeBoundedPopularity;
using Evenhand.Learning.Recommendation.UserKnn;
using Evenhand.Learning.Tabular.LinearClassification;
using Evenhand.Learning.Tabular.LinearRegression;
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.FastText;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Learning.Text.NaiveBayes;

namespace Evenhand.Learning.BuiltIn;

/// <summary>The learners of this assembly.</summary>
public static class BuiltInLearners
{
    /// <summary>All of them, in the order in which documentation lists them.</summary>
    public static IReadOnlyList<LearnerDescriptor> All { get; } =
    [
        BiasLearner.Descriptor,
        PopularityLearner.Descriptor,
        TimeBoundedPopularityLearner.Descriptor,
        ItemKnnLearner.Descriptor,
        UserKnnLearner.Descriptor,
        EaseLearner.Descriptor,
        SlimLearner.Descriptor,
        MatrixFactorizationLearner.Descriptor,
        AlternatingLeastSquaresLearner.Descriptor,
        ImplicitAlternatingLeastSquaresLearner.Descriptor,
        SvdPlusPlusLearner.Descriptor,
        BprLearner.Descriptor,
        WarpLearner.Descriptor,
        FactorizationMachineLearner.Descriptor,
        EnsembleLearner.Descriptor,
        LogisticRegressionLearner.Descriptor,
        FastTextLearner.Descriptor,
        NaiveBayesLearner.Descriptor,
        DistillationLearner.Descriptor,
        LinearClassificationLearner.Descriptor,
        LinearRegressionLearner.Descriptor,
    ];
}
