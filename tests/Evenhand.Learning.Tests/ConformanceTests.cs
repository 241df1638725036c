using Evenhand.Learning.Linear;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Ensemble;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.PairwiseRanking;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.Learning.Recommendation.Similarity;
using Evenhand.Learning.Recommendation.Slim;
using Evenhand.Learning.Recommendation.UserKnn;
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.FastText;
using Evenhand.Learning.Text.Features;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Learning.Text.NaiveBayes;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests;

[TestClass]
public sealed class BiasConformanceTests : LearnerConformance
{
    protected override string Name => "bias";
}

[TestClass]
public sealed class PopularityConformanceTests : LearnerConformance
{
    protected override string Name => "popularity";
}

[TestClass]
public sealed class MatrixFactorizationConformanceTests : LearnerConformance
{
    protected override string Name => "matrix-factorization";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => MatrixFactorizationLimits.Most;
}

[TestClass]
public sealed class OneClassMatrixFactorizationConformanceTests : LearnerConformance
{
    protected override string Name => "matrix-factorization";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new MatrixFactorizationOptions
    {
        LossFunction = MatrixFactorizationLoss.SquareLossOneClass,
        ApproximationRank = 8,
        NumberOfIterations = 10,
    };

    protected override IReadOnlyDictionary<string, double> Most => MatrixFactorizationLimits.Most;
}

[TestClass]
public sealed class SvdPlusPlusConformanceTests : LearnerConformance
{
    protected override string Name => "svd-plus-plus";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => MatrixFactorizationLimits.Most;
}

[TestClass]
public sealed class FactorizationMachineConformanceTests : LearnerConformance
{
    protected override string Name => "factorization-machine";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new FactorizationMachineOptions
    {
        ApproximationRank = 4,
        NumberOfIterations = 12,
    };

    protected override IReadOnlyDictionary<string, double> Most => FactorizationMachineLimits.Most;
}

[TestClass]
public sealed class PairwiseFactorizationMachineConformanceTests : LearnerConformance
{
    protected override string Name => "factorization-machine";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new FactorizationMachineOptions
    {
        LossFunction = FactorizationMachineLoss.BayesianPersonalizedRanking,
        ApproximationRank = 4,
        NumberOfIterations = 12,
        UseItemsOfUser = true,
    };

    protected override IReadOnlyDictionary<string, double> Most => FactorizationMachineLimits.Most;
}

[TestClass]
public sealed class RatingEnsembleConformanceTests : LearnerConformance
{
    protected override string Name => "ensemble";

    protected override Learner Create(LearnerOptions options) => new EnsembleLearner(
        (EnsembleOptions)options with { Blend = EnsembleBlend.Automatic },
        [
            new BiasLearner(new BiasOptions()),
            new MatrixFactorizationLearner(new MatrixFactorizationOptions
            {
                ApproximationRank = 4, NumberOfIterations = 10,
            }),
        ]);
}

[TestClass]
public sealed class RankingEnsembleConformanceTests : LearnerConformance
{
    protected override string Name => "ensemble";

    protected override LearnerOptions Options => new EnsembleOptions { Blend = EnsembleBlend.Rankings };

    protected override Learner Create(LearnerOptions options) => new EnsembleLearner(
        (EnsembleOptions)options with { Blend = EnsembleBlend.Rankings },
        [new PopularityLearner(new PopularityOptions()), new BiasLearner(new BiasOptions())]);
}

[TestClass]
public sealed class AlternatingLeastSquaresConformanceTests : LearnerConformance
{
    protected override string Name => "als";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => FactorLimits.Most;
}

[TestClass]
public sealed class ImplicitAlternatingLeastSquaresConformanceTests : LearnerConformance
{
    protected override string Name => "ials";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => FactorLimits.Most;
}

[TestClass]
public sealed class BprConformanceTests : LearnerConformance
{
    protected override string Name => "bpr";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => FactorLimits.Most;
}

[TestClass]
public sealed class WarpConformanceTests : LearnerConformance
{
    protected override string Name => "warp";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => FactorLimits.Most;
}

[TestClass]
public sealed class LogisticRegressionConformanceTests : LearnerConformance
{
    protected override string Name => "logistic-regression";

    protected override bool Reports => true;

    // Fewer columns than by default: the battery fits some hundred models.
    protected override LearnerOptions Options => new LogisticRegressionOptions { HashBits = 12 };

    protected override IReadOnlyDictionary<string, double> Most => TextLimits.Most;
}

[TestClass]
public sealed class BfgsLogisticRegressionConformanceTests : LearnerConformance
{
    protected override string Name => "logistic-regression";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new LogisticRegressionOptions
    {
        HashBits = 12,
        Solver = LogisticRegressionSolver.Lbfgs,
    };

    protected override IReadOnlyDictionary<string, double> Most => TextLimits.Most;
}

[TestClass]
public sealed class DescentLogisticRegressionConformanceTests : LearnerConformance
{
    protected override string Name => "logistic-regression";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new LogisticRegressionOptions
    {
        HashBits = 12,
        Solver = LogisticRegressionSolver.Sgd,
        NumberOfIterations = 10,
    };

    protected override IReadOnlyDictionary<string, double> Most => TextLimits.Most;
}

[TestClass]
public sealed class NaiveBayesConformanceTests : LearnerConformance
{
    protected override string Name => "naive-bayes";

    protected override LearnerOptions Options => new NaiveBayesOptions { HashBits = 12 };

    protected override IReadOnlyDictionary<string, double> Most => TextLimits.Most;
}

[TestClass]
public sealed class DistillationConformanceTests : LearnerConformance
{
    protected override string Name => "distilled";

    protected override string ModelName => "naive-bayes";

    protected override LearnerOptions Options => new DistillationOptions { NumberOfFolds = 2 };

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(DistillationOptions.NumberOfFolds)] = 3,
    };

    protected override Learner Create(LearnerOptions options) => new DistillationLearner(
        (DistillationOptions)options,
        new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 12 }),
        new NaiveBayesLearner(new NaiveBayesOptions { HashBits = 12 }));
}

[TestClass]
public sealed class FastTextConformanceTests : LearnerConformance
{
    protected override string Name => "fast-text";

    protected override bool Reports => true;

    protected override IReadOnlyDictionary<string, double> Most => FastTextLimits.Most;
}

[TestClass]
public sealed class QuantizedFastTextConformanceTests : LearnerConformance
{
    protected override string Name => "fast-text";

    protected override bool Reports => true;

    protected override LearnerOptions Options => new FastTextOptions { Quantize = true };

    protected override IReadOnlyDictionary<string, double> Most => FastTextLimits.Most;
}

[TestClass]
public sealed class TimeBoundedPopularityConformanceTests : LearnerConformance
{
    protected override string Name => "time-bounded-popularity";
}

[TestClass]
public sealed class ItemKnnConformanceTests : LearnerConformance
{
    protected override string Name => "item-knn";
}

[TestClass]
public sealed class ExplicitItemKnnConformanceTests : LearnerConformance
{
    protected override string Name => "item-knn";

    protected override LearnerOptions Options => new ItemKnnOptions { Feedback = FeedbackKind.Explicit };
}

[TestClass]
public sealed class UserKnnConformanceTests : LearnerConformance
{
    protected override string Name => "user-knn";
}

[TestClass]
public sealed class ExplicitUserKnnConformanceTests : LearnerConformance
{
    protected override string Name => "user-knn";

    protected override LearnerOptions Options => new UserKnnOptions { Feedback = FeedbackKind.Explicit };
}

[TestClass]
public sealed class EaseConformanceTests : LearnerConformance
{
    protected override string Name => "ease";
}

[TestClass]
public sealed class SlimConformanceTests : LearnerConformance
{
    protected override string Name => "slim";

    protected override IReadOnlyDictionary<string, double> Most => new Dictionary<string, double>
    {
        [nameof(SlimOptions.NumberOfIterations)] = 200,
    };
}

internal static class FastTextLimits
{
    public static readonly IReadOnlyDictionary<string, double> Most = new Dictionary<string, double>
    {
        [nameof(FastTextOptions.Dimension)] = 40,
        [nameof(FastTextOptions.NumberOfIterations)] = 20,
        [nameof(FastTextOptions.MinimumCount)] = 70,
    };
}

internal static class TextLimits
{
    public static readonly IReadOnlyDictionary<string, double> Most = new Dictionary<string, double>
    {
        [nameof(TextFeatureOptions.HashBits)] = 13,
        [nameof(TextFeatureOptions.VocabularySize)] = 500,
        [nameof(TextFeatureOptions.MinimumDocumentFrequency)] = 70,
        [nameof(LogisticRegressionOptions.NumberOfIterations)] = 200,
        [nameof(LogisticRegressionOptions.HistorySize)] = 50,
    };
}

internal static class MatrixFactorizationLimits
{
    public static readonly IReadOnlyDictionary<string, double> Most = new Dictionary<string, double>
    {
        [nameof(MatrixFactorizationOptions.ApproximationRank)] = 40,
        [nameof(MatrixFactorizationOptions.NumberOfIterations)] = 30,
    };
}

internal static class FactorizationMachineLimits
{
    public static readonly IReadOnlyDictionary<string, double> Most = new Dictionary<string, double>
    {
        [nameof(FactorizationMachineOptions.ApproximationRank)] = 20,
        [nameof(FactorizationMachineOptions.NumberOfIterations)] = 20,
        [nameof(FactorizationMachineOptions.NumberOfSamples)] = 10,
    };
}

internal static class FactorLimits
{
    public static readonly IReadOnlyDictionary<string, double> Most = new Dictionary<string, double>
    {
        [nameof(ImplicitAlternatingLeastSquaresOptions.ApproximationRank)] = 40,
        [nameof(ImplicitAlternatingLeastSquaresOptions.NumberOfIterations)] = 30,
        [nameof(ImplicitAlternatingLeastSquaresOptions.ConjugateGradientSteps)] = 20,
        [nameof(WarpOptions.MaximumSamples)] = 100,
    };
}
