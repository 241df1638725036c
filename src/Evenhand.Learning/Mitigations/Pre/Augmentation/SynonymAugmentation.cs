using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Augmentation;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Adds copies of training rows in which terms are replaced by synonyms of a table.</summary>
/// <remarks>Label and weight of a copy are those of its row. J. Wei, K. Zou, "EDA: easy data augmentation techniques
/// for boosting performance on text classification tasks", EMNLP 2019, section 2 (synonym replacement).</remarks>
/// <param name="options">Table and probabilities.</param>
public sealed class SynonymAugmentation(SynonymAugmentationOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<SynonymAugmentationOptions>(
        MitigationName,
        "Adds training texts in which terms are replaced by synonyms of a table.",
        TaskKinds.Texts,
        options => new SynonymAugmentation(options),
        MitigationStage.Pre);

    internal const string MitigationName = "synonym-augmentation";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var texts = TrainingColumns.Text(train, Name);
        var table = new SynonymTable(TextPairs.Read(options.Table, "term", "synonym", context.CancellationToken));
        var random = context.Seeds.CreateRandom();
        var copies = new List<(int Row, string Text)>();
        for (var row = 0; row < train.RowCount; row++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (random.NextDouble() < options.Probability
                && table.Replace(texts.Values[row], options.ReplacementRate, random) is { } changed)
            {
                copies.Add((row, changed));
            }
        }

        return TextAugmentation.Add(train, copies, context.CancellationToken);
    }
}
