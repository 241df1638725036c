using Evenhand.Configuration;
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

/// <summary>All learners that need no libtorch.</summary>
public sealed class LearnerCases : ILearnerCases
{
    private static readonly Dictionary<string, double> OfMatrices = new()
    {
        [nameof(MatrixFactorizationOptions.ApproximationRank)] = 40,
        [nameof(MatrixFactorizationOptions.NumberOfIterations)] = 30,
    };

    private static readonly Dictionary<string, double> OfFactorizationMachines = new()
    {
        [nameof(FactorizationMachineOptions.ApproximationRank)] = 20,
        [nameof(FactorizationMachineOptions.NumberOfIterations)] = 20,
        [nameof(FactorizationMachineOptions.NumberOfSamples)] = 10,
    };

    private static readonly Dictionary<string, double> OfFactors = new()
    {
        [nameof(ImplicitAlternatingLeastSquaresOptions.ApproximationRank)] = 40,
        [nameof(ImplicitAlternatingLeastSquaresOptions.NumberOfIterations)] = 30,
        [nameof(ImplicitAlternatingLeastSquaresOptions.ConjugateGradientSteps)] = 20,
        [nameof(WarpOptions.MaximumSamples)] = 100,
    };

    private static readonly Dictionary<string, double> OfTexts = new()
    {
        [nameof(TextFeatureOptions.HashBits)] = 13,
        [nameof(TextFeatureOptions.VocabularySize)] = 500,
        [nameof(TextFeatureOptions.MinimumDocumentFrequency)] = 70,
        [nameof(LogisticRegressionOptions.NumberOfIterations)] = 200,
        [nameof(LogisticRegressionOptions.HistorySize)] = 50,
    };

    private static readonly Dictionary<string, double> OfFastText = new()
    {
        [nameof(FastTextOptions.Dimension)] = 40,
        [nameof(FastTextOptions.NumberOfIterations)] = 20,
        [nameof(FastTextOptions.MinimumCount)] = 70,
    };

    /// <inheritdoc/>
    public static Registry Registry => TestRegistry.Shared;

    /// <summary>All but those of tables, which <see cref="Tabular.LinearModelTests"/> tries: the data here are of
    /// ratings and texts.</summary>
    public static IReadOnlyList<string> Learners { get; } =
        [.. Registry.Names<LearnerDescriptor>().Except(["linear-classification", "linear-regression"])];

    /// <inheritdoc/>
    public static IReadOnlyList<LearnerCase> Special { get; } =
    [
        new("item-knn"),
        new("item-knn") { Variant = "explicit", Options = new ItemKnnOptions { Feedback = FeedbackKind.Explicit } },
        new("user-knn"),
        new("user-knn") { Variant = "explicit", Options = new UserKnnOptions { Feedback = FeedbackKind.Explicit } },
        new("slim") { Most = new Dictionary<string, double> { [nameof(SlimOptions.NumberOfIterations)] = 200 } },
        new("matrix-factorization") { Reports = true, Most = OfMatrices },
        new("matrix-factorization")
        {
            Variant = "one class",
            Reports = true,
            Options = new MatrixFactorizationOptions
            {
                LossFunction = MatrixFactorizationLoss.SquareLossOneClass,
                ApproximationRank = 8,
                NumberOfIterations = 10,
            },
            Most = OfMatrices,
        },
        new("svd-plus-plus") { Reports = true, Most = OfMatrices },
        new("als") { Reports = true, Most = OfFactors },
        new("ials") { Reports = true, Most = OfFactors },
        new("bpr") { Reports = true, Most = OfFactors },
        new("warp") { Reports = true, Most = OfFactors },
        new("factorization-machine")
        {
            Reports = true,
            Options = new FactorizationMachineOptions { ApproximationRank = 4, NumberOfIterations = 12 },
            Most = OfFactorizationMachines,
        },
        new("factorization-machine")
        {
            Variant = "pairwise",
            Reports = true,
            Options = new FactorizationMachineOptions
            {
                LossFunction = FactorizationMachineLoss.BayesianPersonalizedRanking,
                ApproximationRank = 4,
                NumberOfIterations = 12,
                UseItemsOfUser = true,
            },
            Most = OfFactorizationMachines,
        },
        new("ensemble")
        {
            Variant = "of ratings",
            Create = options => new EnsembleLearner(
                (EnsembleOptions)options with { Blend = EnsembleBlend.Automatic },
                [
                    new BiasLearner(new BiasOptions()),
                    new MatrixFactorizationLearner(new MatrixFactorizationOptions
                    {
                        ApproximationRank = 4, NumberOfIterations = 10,
                    }),
                ]),
        },
        new("ensemble")
        {
            Variant = "of rankings",
            Options = new EnsembleOptions { Blend = EnsembleBlend.Rankings },
            Create = options => new EnsembleLearner(
                (EnsembleOptions)options with { Blend = EnsembleBlend.Rankings },
                [new PopularityLearner(new PopularityOptions()), new BiasLearner(new BiasOptions())]),
        },

        // Fewer columns than by default: the battery fits some hundred models.
        new("logistic-regression")
        {
            Reports = true,
            Options = new LogisticRegressionOptions { HashBits = 12 },
            Most = OfTexts,
        },
        new("logistic-regression")
        {
            Variant = "L-BFGS",
            Reports = true,
            Options = new LogisticRegressionOptions { HashBits = 12, Solver = LogisticRegressionSolver.Lbfgs },
            Most = OfTexts,
        },
        new("logistic-regression")
        {
            Variant = "stochastic descent",
            Reports = true,
            Options = new LogisticRegressionOptions
            {
                HashBits = 12, Solver = LogisticRegressionSolver.Sgd, NumberOfIterations = 10,
            },
            Most = OfTexts,
        },
        new("naive-bayes") { Options = new NaiveBayesOptions { HashBits = 12 }, Most = OfTexts },
        new("distilled")
        {
            ModelName = "naive-bayes",
            Options = new DistillationOptions { NumberOfFolds = 2 },
            Most = new Dictionary<string, double> { [nameof(DistillationOptions.NumberOfFolds)] = 3 },
            Create = options => new DistillationLearner(
                (DistillationOptions)options,
                new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 12 }),
                new NaiveBayesLearner(new NaiveBayesOptions { HashBits = 12 })),
        },
        new("fast-text") { Reports = true, Most = OfFastText },
        new("fast-text")
        {
            Variant = "quantized",
            Reports = true,
            Options = new FastTextOptions { Quantize = true },
            Most = OfFastText,
        },
    ];
}
