using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning;
using Evenhand.Torch.Training;

namespace Evenhand.Torch.TwoTower;

/// <summary>Options of <see cref="TwoTowerLearner"/>.</summary>
public sealed record TwoTowerOptions : LearnerOptions
{
    /// <summary>What is minimized.</summary>
    /// <value>SampledSoftmax</value>
    public TwoTowerLoss LossFunction { get; init; } = TwoTowerLoss.SampledSoftmax;

    /// <summary>Width of the vectors of users and items.</summary>
    /// <value>64</value>
    [Range(1, 4096)]
    [SearchRange(16, 128, Log = true)]
    public int ApproximationRank { get; init; } = 64;

    /// <summary>Hidden layers of each tower; without one a vector is the sum of those of the features.</summary>
    /// <value>0</value>
    [Range(0, 8)]
    [SearchRange(0, 2)]
    public int NumberOfLayers { get; init; }

    /// <summary>Width of the hidden layers.</summary>
    /// <value>128</value>
    [Unless(nameof(NumberOfLayers), 0)]
    [Range(1, 8192)]
    [SearchRange(32, 256, Log = true)]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Whether vectors are brought to length 1, so that the angle between them decides.</summary>
    /// <value>true</value>
    public bool NormalizeVectors { get; init; } = true;

    /// <summary>What inner products are divided by; the smaller, the more the items nearest to a user count.</summary>
    /// <value>0.3</value>
    [Range(0.001, 100.0)]
    [SearchRange(0.05, 0.5, Log = true)]
    public double Temperature { get; init; } = 0.3;

    /// <summary>Items that are drawn evenly from the catalogue for each batch, to compare the chosen ones with: besides
    /// the batch's own items by the sampled softmax, alone by Bayesian personalized ranking.</summary>
    /// <value>256</value>
    [Range(0, 1_000_000)]
    [SearchRange(64, 1024, Log = true)]
    public int NumberOfNegatives { get; init; } = 256;

    /// <summary>Whether scores are corrected by how probable it was that an item came into the batch. Without, popular
    /// items, which come often, are pushed down.</summary>
    /// <value>true</value>
    [When(nameof(LossFunction), TwoTowerLoss.SampledSoftmax)]
    public bool PopularityCorrection { get; init; } = true;

    /// <summary>Share of users and items that are known by their features alone in a batch, so that the features learn
    /// to stand for those that are new.</summary>
    /// <value>0.2</value>
    [Range(0.0, 1.0)]
    [SearchRange(0.0, 0.5)]
    public double IdDropout { get; init; } = 0.2;

    /// <summary>Share of the elements of the first layer that are dropped in training.</summary>
    /// <value>0.1</value>
    [Range(0.0, 0.9)]
    [SearchRange(0.0, 0.5)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Rows of a batch.</summary>
    /// <value>1024</value>
    [Range(1, 65_536)]
    [SearchRange(256, 4096, Log = true)]
    public int BatchSize { get; init; } = 1024;

    /// <summary>Passes over the training rows.</summary>
    /// <value>20</value>
    [Range(1, 10_000)]
    [SearchRange(5, 40, Log = true)]
    public int NumberOfEpochs { get; init; } = 20;

    /// <summary>Full learning rate of AdamW.</summary>
    /// <value>0.01</value>
    [Range(1e-7, 1.0)]
    [SearchRange(1e-3, 3e-2, Log = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Share of each weight that is taken off at each step, times the learning rate; not of biases.</summary>
    /// <value>0.01</value>
    [Range(0.0, 10.0)]
    [SearchRange(1e-3, 1.0, Log = true)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Share of the steps in which the learning rate rises to its full height.</summary>
    /// <value>0.05</value>
    [Range(0.0, 1.0)]
    public double WarmupShare { get; init; } = 0.05;

    /// <summary>How the learning rate falls after that.</summary>
    /// <value>Linear</value>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Linear;

    /// <summary>Longest gradient; longer ones are shortened to it. 0 for no limit.</summary>
    /// <value>0</value>
    [Range(0.0, 1e6)]
    public double GradientClipping { get; init; }

    /// <summary>Whether the columns that describe users and have the role <c>feature</c> are read.</summary>
    /// <value>true</value>
    public bool UseUserFeatures { get; init; } = true;

    /// <summary>Whether the columns that describe items and have the role <c>feature</c> are read.</summary>
    /// <value>true</value>
    public bool UseItemFeatures { get; init; } = true;

    /// <summary>Whether columns with the role <c>feature</c> that make the groups of the experiment are read as well.
    /// Without it those columns are left out, and so is each column from which alone such a group can be told. Texts
    /// are not searched for what they tell.</summary>
    /// <value>false</value>
    public bool UseGroupAttributes { get; init; }

    /// <summary>Whether the texts of the training rows, such as reviews, are features of their item.</summary>
    /// <value>false</value>
    public bool UseReviewsOfItem { get; init; }

    /// <summary>Whether the texts of the training rows are features of their user.</summary>
    /// <value>false</value>
    public bool UseReviewsOfUser { get; init; }

    /// <summary>How many n-grams of the texts of users, and of those of items, have a vector: those that most of them
    /// have. 0 leaves texts out.</summary>
    /// <value>20000</value>
    [Range(0, 10_000_000)]
    public int VocabularySize { get; init; } = 20_000;

    /// <summary>Longest run of words that is an n-gram.</summary>
    /// <value>1</value>
    [Unless(nameof(VocabularySize), 0)]
    [Range(1, 5)]
    public int WordNgrams { get; init; } = 1;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        if (LossFunction == TwoTowerLoss.BayesianPersonalizedRanking && NumberOfNegatives == 0)
        {
            yield return Invalid(
                nameof(NumberOfNegatives), NumberOfNegatives, "at least 1 for the lossFunction bayesian-personalized-ranking");
        }
    }
}

/// <summary>What a two-tower model is fitted to.</summary>
public enum TwoTowerLoss
{
    /// <summary>Cross entropy of the chosen item among all items of the batch.</summary>
    SampledSoftmax,

    /// <summary>Logistic loss of the difference in score between the chosen item and drawn ones that the user has not
    /// chosen.</summary>
    BayesianPersonalizedRanking,
}
