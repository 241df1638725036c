namespace Evenhand.Tokenization;

/// <summary>The tokens that models know by their part, not by how they are written; null where a tokenizer has
/// none.</summary>
internal sealed record SpecialTokenIds(int? Pad, int? Unknown, int? Class, int? Separator, int? Mask)
{
    /// <summary>By the names that BERT and RoBERTa use.</summary>
    public static SpecialTokenIds ByName(SubwordVocabulary vocabulary)
    {
        return new SpecialTokenIds(
            Find("[PAD]", "<pad>"),
            Find("[UNK]", "<unk>"),
            Find("[CLS]", "<s>"),
            Find("[SEP]", "</s>"),
            Find("[MASK]", "<mask>"));

        int? Find(string bert, string roberta) => vocabulary.IdOf(bert) ?? vocabulary.IdOf(roberta);
    }
}
