using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Tokenization;
using Evenhand.Tokenization.Training;

namespace Evenhand.Torch.Transformer;

/// <summary>The tokenizers that come with networks trained from scratch.</summary>
internal static class TransformerTokenizer
{
    /// <summary>Learns a tokenizer from columns of texts.</summary>
    public static SubwordTokenizer Train(
        IReadOnlyList<TextColumn> columns,
        TransformerOptions options,
        int threads,
        CancellationToken cancellationToken)
    {
        var texts = columns.SelectMany(column => column.Values.ToArray());
        return options.Tokenizer == TokenizerKind.Wordpiece
            ? new WordPieceTrainer(new WordPieceTrainingOptions { VocabularySize = options.VocabularySize })
                .Train(texts, threads, cancellationToken: cancellationToken)
            : new BytePairTrainer(new BytePairTrainingOptions
            {
                VocabularySize = options.VocabularySize,
                AddPrefixSpace = true,
            }).Train(texts, threads, cancellationToken: cancellationToken);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SubwordTokenizer Read(ModelReader reader) =>
        SubwordTokenizer.FromJson(reader.ReadJson("tokenizer"), reader.ReadJson("config"));

    /// <summary>Writes a tokenizer as a part of a model.</summary>
    public static void Write(ModelWriter writer, SubwordTokenizer tokenizer)
    {
        writer.Write("tokenizer", tokenizer.ToJson());
        writer.Write("config", tokenizer.ConfigToJson());
    }

    /// <summary>The tokens that stand for no part of a text: those at its ends, and what fills it.</summary>
    public static int[] FixedIds(SubwordTokenizer tokenizer) =>
    [
        .. new[] { tokenizer.PadId, tokenizer.ClassId, tokenizer.SeparatorId }.OfType<int>().Distinct(),
    ];

    /// <summary>The token that fills short texts.</summary>
    public static int PaddingId(SubwordTokenizer tokenizer) => tokenizer.PadId ?? 0;
}
