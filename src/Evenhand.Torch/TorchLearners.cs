using Evenhand.Learning;
using Evenhand.Learning.BuiltIn;
using Evenhand.Torch.Transformer;
using Evenhand.Torch.TwoTower;

namespace Evenhand.Torch;

/// <summary>The learners of this assembly.</summary>
public static class TorchLearners
{
    private static readonly TaskKind[] Texts =
    [
        TaskKind.TextClassification, TaskKind.MulticlassTextClassification, TaskKind.MultiLabelTextClassification,
    ];

    /// <summary>Adds the learners to the catalogue, so that experiments can name them. Nothing native is loaded before
    /// one of them fits or a model of theirs is read; calling it again changes nothing.</summary>
    public static void Register() => LearnerCatalogue.Add(
        LearnerDescriptor.Of<TransformerOptions>(
            TransformerLearner.Name,
            "A transformer encoder trained from scratch, on words and parts of words learned from the texts. Needs "
            + "libtorch.",
            Texts,
            options => new TransformerLearner(options),
            TransformerModel.Read),
        LearnerDescriptor.Of<TwoTowerOptions>(
            TwoTowerLearner.Name,
            "Two networks that make vectors of users and of items from who they are, what is known of them and their "
            + "texts. Needs libtorch to fit, not to predict.",
            [TaskKind.TopN],
            options => new TwoTowerLearner(options),
            TwoTowerModel.Read));
}
