using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Swaps identity terms in training texts, so that a label does not depend on which group a text
/// mentions.</summary>
/// <remarks>
/// <para>A row with several counterfactuals, as there are where a lexicon has more than two groups, gets one of them at
/// random. Label, weight, user and item stay as they are, so that a row and its copy count twice as much as the row
/// did.</para>
/// <para>K. Lu et al., "Gender bias in neural natural language processing", 2018 (arXiv 1807.11714), section 4
/// (counterfactual data augmentation); replacement with probability 1/2: R. Hall Maudslay et al., "It's all in the
/// name", EMNLP 2019, section 3.1 (counterfactual data substitution).</para>
/// </remarks>
/// <param name="options">Group, method and probability.</param>
public sealed class TermSwap(TermSwapOptions options) : PreMitigation
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = MitigationDescriptor.Of<TermSwapOptions>(
        MitigationName,
        "Swaps identity terms in training texts (she, he): the copy has the same label.",
        TaskKinds.Texts,
        options => new TermSwap(options),
        MitigationStage.Pre);

    internal const string MitigationName = "term-swap";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override Dataset Apply(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var group = FindGroup(train, options.Group, GroupSide.Row);
        var lexicon = group.Terms?.Lexicon ?? throw new InputException(
            $"'{Name}' needs an attribute of identity terms, and '{group.Name}' comes from a column.");
        var texts = TrainingColumns.Text(train, Name);
        var random = context.Seeds.CreateRandom();
        var swapped = new List<(int Row, string Text)>();
        for (var row = 0; row < train.RowCount; row++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var counterfactuals = group.Column.IsMissing(row) ? [] : lexicon.Counterfactuals(texts.Values[row]);
            if (counterfactuals.Count > 0 && random.NextDouble() < options.Probability)
            {
                swapped.Add((row, counterfactuals[random.Next(counterfactuals.Count)]));
            }
        }

        return options.Method == TermSwapMethod.Add
            ? TextAugmentation.Add(train, swapped, context.CancellationToken)
            : TextAugmentation.Replace(train, swapped, context.CancellationToken);
    }
}
