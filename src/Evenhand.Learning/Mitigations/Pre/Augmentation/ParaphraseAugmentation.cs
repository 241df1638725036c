using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Augmentation;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Adds copies of training rows with a paraphrase of their text from a table.</summary>
/// <remarks>Texts are compared without the blanks around them; of several paraphrases one is drawn. Label and weight of
/// a copy are those of its row. The table may hold texts of all parts: only training rows are looked up. R. Sennrich,
/// B. Haddow, A. Birch, "Improving neural machine translation models with monolingual data", ACL 2016
/// (back-translation); A. W. Yu et al., "QANet", ICLR 2018, section 3 (as augmentation of texts).</remarks>
/// <param name="options">Table and probability.</param>
public sealed class ParaphraseAugmentation(ParaphraseAugmentationOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<ParaphraseAugmentationOptions>(
        MitigationName,
        "Adds training texts with a paraphrase from a table, such as translations there and back.",
        TaskKinds.Texts,
        options => new ParaphraseAugmentation(options),
        MitigationStage.Pre);

    internal const string MitigationName = "paraphrase-augmentation";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var texts = TrainingColumns.Text(train, Name);
        var table = TextPairs.Read(options.Table, "text", "paraphrase", context.CancellationToken);
        var random = context.Seeds.CreateRandom();
        var copies = new List<(int Row, string Text)>();
        for (var row = 0; row < train.RowCount; row++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (texts.Values[row]?.Trim() is { } text && table.TryGetValue(text, out var paraphrases)
                && random.NextDouble() < options.Probability)
            {
                copies.Add((row, paraphrases[random.Next(paraphrases.Count)]));
            }
        }

        return TextAugmentation.Add(train, copies, context.CancellationToken);
    }
}
