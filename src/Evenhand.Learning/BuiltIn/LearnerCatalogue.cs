using Evenhand.Configuration;
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
using Evenhand.Learning.Text.Distillation;
using Evenhand.Learning.Text.FastText;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.Learning.Text.NaiveBayes;

namespace Evenhand.Learning.BuiltIn;

/// <summary>The learners that an experiment can name.</summary>
public static class LearnerCatalogue
{
    private static readonly Lock Gate = new();

    private static readonly TaskKind[] Texts =
    [
        TaskKind.TextClassification, TaskKind.MulticlassTextClassification, TaskKind.MultiLabelTextClassification,
    ];

    /// <summary>All learners, in the order in which documentation lists them; those of other assemblies last.</summary>
    public static IReadOnlyList<LearnerDescriptor> Learners { get; private set; } =
    [
        LearnerDescriptor.Of<BiasOptions>(
            BiasModel.Name,
            "Mean rating plus damped deviations of the item and the user.",
            [TaskKind.RatingPrediction],
            options => new BiasLearner(options),
            BiasModel.Read),
        LearnerDescriptor.Of<PopularityOptions>(
            PopularityLearner.Name,
            "Ranks items by how often they were chosen, the same for every user.",
            [TaskKind.TopN],
            options => new PopularityLearner(options),
            reader => PopularityModel.Read<PopularityOptions>(reader, PopularityLearner.Name)),
        LearnerDescriptor.Of<TimeBoundedPopularityOptions>(
            TimeBoundedPopularityLearner.Name,
            "Ranks items by how often they were chosen of late, the same for every user.",
            [TaskKind.TopN],
            options => new TimeBoundedPopularityLearner(options),
            reader => PopularityModel.Read<TimeBoundedPopularityOptions>(reader, TimeBoundedPopularityLearner.Name)),
        LearnerDescriptor.Of<ItemKnnOptions>(
            ItemKnnModel.Name,
            "Predicts from the user's items that are most similar to an item, by ratings or by choices.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new ItemKnnLearner(options),
            ItemKnnModel.Read),
        LearnerDescriptor.Of<UserKnnOptions>(
            UserKnnModel.Name,
            "Predicts from an item's users who are most similar to a user, by ratings or by choices.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new UserKnnLearner(options),
            UserKnnModel.Read),
        LearnerDescriptor.Of<EaseOptions>(
            EaseModel.Name,
            "A weight for each pair of items that regains the choices of users, in closed form.",
            [TaskKind.TopN],
            options => new EaseLearner(options),
            EaseModel.Read),
        LearnerDescriptor.Of<SlimOptions>(
            SlimModel.Name,
            "Sparse weights for pairs of items that regain the choices of users, by an elastic net.",
            [TaskKind.TopN],
            options => new SlimLearner(options),
            SlimModel.Read),
        LearnerDescriptor.Of<MatrixFactorizationOptions>(
            MatrixFactorizationModel.Name,
            "Latent factors of users and items: biased ratings by stochastic gradient descent, or one-class choices "
            + "by coordinate descent.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new MatrixFactorizationLearner(options),
            MatrixFactorizationModel.Read),
        LearnerDescriptor.Of<AlternatingLeastSquaresOptions>(
            AlternatingLeastSquaresModel.Name,
            "Latent factors and biases fitted to ratings by alternating least squares.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new AlternatingLeastSquaresLearner(options),
            AlternatingLeastSquaresModel.Read),
        LearnerDescriptor.Of<ImplicitAlternatingLeastSquaresOptions>(
            ImplicitAlternatingLeastSquaresModel.Name,
            "Latent factors fitted to choices by alternating least squares over all user-item pairs.",
            [TaskKind.TopN],
            options => new ImplicitAlternatingLeastSquaresLearner(options),
            ImplicitAlternatingLeastSquaresModel.Read),
        LearnerDescriptor.Of<SvdPlusPlusOptions>(
            SvdPlusPlusModel.Name,
            "Matrix factorization in which a user is known by the ratings given and by which items were rated at all.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new SvdPlusPlusLearner(options),
            SvdPlusPlusModel.Read),
        LearnerDescriptor.Of<BprOptions>(
            BprLearner.Name,
            "Latent factors by Bayesian personalized ranking: each choice against an item that was not chosen.",
            [TaskKind.TopN],
            options => new BprLearner(options),
            reader => PairwiseRankingModel.Read<BprOptions>(reader, BprLearner.Name)),
        LearnerDescriptor.Of<WarpOptions>(
            WarpLearner.Name,
            "Latent factors by the weighted approximate-rank pairwise loss, which looks at the top of the list.",
            [TaskKind.TopN],
            options => new WarpLearner(options),
            reader => PairwiseRankingModel.Read<WarpOptions>(reader, WarpLearner.Name)),
        LearnerDescriptor.Of<FactorizationMachineOptions>(
            FactorizationMachineModel.Name,
            "Latent factors of users, items and their features, so that new users and items are predicted from what "
            + "is known of them.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            options => new FactorizationMachineLearner(options),
            FactorizationMachineModel.Read),
        LearnerDescriptor.OfMembers<EnsembleOptions>(
            EnsembleModel.Name,
            "A weighted blend of other recommenders, with weights fitted on rows that are held out for it.",
            [TaskKind.RatingPrediction, TaskKind.TopN],
            (options, members) => new EnsembleLearner(options, members),
            EnsembleModel.Read,
            [BiasModel.Name, MatrixFactorizationModel.Name]),
        LearnerDescriptor.Of<LogisticRegressionOptions>(
            LogisticRegressionModel.Name,
            "Regularized logistic regression over word and character n-grams of a text.",
            Texts,
            options => new LogisticRegressionLearner(options),
            LogisticRegressionModel.Read),
        LearnerDescriptor.Of<FastTextOptions>(
            FastTextModel.Name,
            "Means of the vectors of words and n-grams, learned with those of the classes by stochastic gradient "
            + "descent.",
            Texts,
            options => new FastTextLearner(options),
            FastTextModel.Read),
        LearnerDescriptor.Of<NaiveBayesOptions>(
            NaiveBayesModel.Name,
            "Naive Bayes (multinomial, complement or Bernoulli) over word and character n-grams of a text.",
            Texts,
            options => new NaiveBayesLearner(options),
            NaiveBayesModel.Read),
        LearnerDescriptor.OfMembers<DistillationOptions>(
            DistillationLearner.Name,
            "A small model of texts that is fitted to what a large one says of the training texts.",
            Texts,
            (options, members) => new DistillationLearner(options, members[0], members[1]),
            _ => throw new InputException(
                $"A model of '{DistillationLearner.Name}' is kept as the model of the student that it is."),
            [FastTextModel.Name, LogisticRegressionModel.Name],
            DistillationLearner.Roles),
    ];

    /// <summary>The learner of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static LearnerDescriptor Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Find(name) ?? throw new InputException(
            $"There is no learner '{name}'.{NearestName.Hint(name, [.. Learners.Select(l => l.Name)])}");
    }

    /// <summary>Adds learners of another assembly, which calls this once at the start of the program. One that is there
    /// already stays as it is.</summary>
    public static void Add(params IEnumerable<LearnerDescriptor> learners)
    {
        lock (Gate)
        {
            Learners = [.. Learners, .. learners.Where(learner => Find(learner.Name) is null)];
        }
    }

    /// <summary>The learner of that name, or null.</summary>
    public static LearnerDescriptor? Find(string name) => Learners.FirstOrDefault(l => l.Name == name);
}
