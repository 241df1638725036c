using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;

namespace Evenhand.Tokenization.Tests;

[TestClass]
public sealed class TokenizerFolderTests
{
    // As BertTokenizerFast of Hugging Face's transformers 4 writes it, with a vocabulary of our own.
    private const string Bert = """
        {
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [
            {"id": 0, "special": true, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
            {"id": 9, "special": false, "content": "Bob", "single_word": true, "lstrip": false, "rstrip": false, "normalized": true}],
          "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
          "pre_tokenizer": {"type": "BertPreTokenizer"},
          "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
          "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
          "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 6,
            "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "un": 5, "##able": 6, "caf\u00e9": 7, "cafe": 8}}
        }
        """;

    // As RobertaTokenizerFast writes it; merges as older files have them, and no type of the model.
    private const string Roberta = """
        {
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [
            {"id": 0, "special": true, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true},
            {"id": 2, "special": true, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true},
            {"id": 3, "special": true, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true},
            {"id": 9, "special": true, "content": "<mask>", "single_word": false, "lstrip": true, "rstrip": false, "normalized": false}],
          "normalizer": null,
          "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
          "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false},
          "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
          "model": {"dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": false,
            "vocab": {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "a": 4, "b": 5, "\u0120": 6, "ab": 7, "\u0120ab": 8},
            "merges": ["a b", "\u0120 ab"]}
        }
        """;

    [TestMethod]
    public void Load_BertJson_EncodesAsItSays()
    {
        var tokenizer = Load(Bert);
        WordPieceTokenizerTests.AssertPieces(tokenizer, "UNable unab caf\u00E9 unables", "un ##able [UNK] cafe [UNK]");
        WordPieceTokenizerTests.AssertPieces(tokenizer, "BOB bobs", "Bob [UNK]");
        Assert.AreEqual((0, 1, 2, 3, 4), (
            tokenizer.PadId, tokenizer.UnknownId, tokenizer.ClassId, tokenizer.SeparatorId, tokenizer.MaskId));
        CollectionAssert.AreEqual(
            new[] { (2, 0), (8, 0), (3, 0), (5, 1), (3, 1) },
            Array.ConvertAll(tokenizer.EncodePair("cafe", "un"), t => (t.Id, t.Segment)));
        Assert.AreEqual(10, tokenizer.VocabularySize);
    }

    [TestMethod]
    public void Load_RobertaJson_EncodesAsItSays()
    {
        var tokenizer = Load(Roberta);
        CollectionAssert.AreEqual(
            new[] { (0, 0, 0), (7, 0, 2), (8, 3, 5), (3, 5, 6), (9, 6, 13), (2, 0, 0) },
            Array.ConvertAll(tokenizer.Encode("ab ab! <mask>"), t => (t.Id, t.Start, t.End)));
        Assert.AreEqual("ab ab", tokenizer.Decode([0, 7, 8, 2]));
    }

    // The configuration goes before the normalizer, and accents go with capitals where it says nothing of them.
    [TestMethod]
    [DataRow("""{"do_lower_case": false}""", "caf\u00E9 Caf\u00E9", "caf\u00E9 [UNK]")]
    [DataRow("""{"strip_accents": false}""", "caf\u00E9 Caf\u00E9", "caf\u00E9 caf\u00E9")]
    [DataRow("""{"unk_token": {"content": "[UNK]"}}""", "caf\u00E9", "cafe")]
    public void Load_Configuration_GoesBeforeTheNormalizer(string config, string text, string pieces) =>
        WordPieceTokenizerTests.AssertPieces(Load(Bert, config), text, pieces);

    [TestMethod]
    [DataRow(Bert, "unable cafe")]
    [DataRow(Roberta, "ab ab")]
    public void Save_Load_GivesTheSameTokenizer(string json, string text)
    {
        var tokenizer = Load(json);
        using var files = new TokenizerFiles();
        tokenizer.Save(files.Path);
        AssertSame(tokenizer, SubwordTokenizer.Load(files.Path));

        // Vocabulary files say less: neither the length of words nor tokens that are no part of the model.
        File.Delete(Path.Combine(files.Path, "tokenizer.json"));
        var bare = SubwordTokenizer.Load(files.Path);
        Assert.AreEqual(tokenizer.GetType(), bare.GetType());
        CollectionAssert.AreEqual(tokenizer.Encode(text), bare.Encode(text));
    }

    [TestMethod]
    [DataRow(Bert)]
    [DataRow(Roberta)]
    public void Write_Read_GivesTheSameTokenizer(string json)
    {
        var tokenizer = Load(json);
        var (written, config) = (tokenizer.ToJson(), tokenizer.ConfigToJson());
        AssertSame(tokenizer, SubwordTokenizer.FromJson(Place(written), Place(config)));

        static JsonPlace Place(JsonObject json) => new("text", "", JsonSerializer.SerializeToElement(json));
    }

    [TestMethod]
    [DataRow("\"vocab\": {\"[PAD]\": 0", "\"vocab\": {\"[PAD]\": -1", "'model.vocab.[PAD]' is -1; expected a whole number")]
    [DataRow("\"un\": 5", "\"un\": 6", "'model.vocab' gives 'un' and '##able' the same id 6")]
    [DataRow("\"un\": 5", "\"un\": \"x\"", "'model.vocab.un' is \"x\"; expected a whole number")]
    [DataRow("\"[UNK]\": 1,", "", "'model.vocab' lacks the unknown token '[UNK]'")]
    [DataRow("\"un\": 5", "\"\\ud83d\": 5", "expected valid Unicode")]
    [DataRow("BertPreTokenizer", "Metaspace", "'pre_tokenizer.type' is \"Metaspace\"; expected BertPreTokenizer")]
    [DataRow("\"type\": \"BertNormalizer\"", "\"type\": \"NFKC\"", "expected BertNormalizer")]
    [DataRow("\"type\": \"WordPiece\", \"unk_token\"", "\"type\": \"Unigram\", \"unk_token\"", "expected WordPiece or BPE")]
    [DataRow("\"ids\": [2]", "\"ids\": [77]", "special_tokens.[CLS].ids[0]' is 77; expected the id of a token")]
    [DataRow("{\"id\": \"A\", \"type_id\": 0}}, {\"SpecialToken\": {\"id\": \"[SEP]\", \"type_id\": 0}}],", "{\"id\": \"C\"}}],", "is \"C\"; expected A or B")]
    [DataRow("\"model\": {", "\"model\": 5, \"other\": {", "'model' is 5; expected an object")]
    [DataRow("\"post_processor\": {\"type\": \"TemplateProcessing\"", "\"post_processor\": {\"type\": \"Other\"", "'post_processor.type' is \"Other\"")]
    [DataRow("\"clean_text\": true", "\"clean_text\": 1", "'normalizer.clean_text' is 1; expected true or false")]
    [DataRow("\"version\": \"1.0\",", "\"version\": ,", "tokenizer.json(2,14): not JSON")]
    public void Load_MalformedBert_SaysWhere(string good, string bad, string message) =>
        AssertMalformed(Replace(Bert, good, bad), message);

    [TestMethod]
    [DataRow("\"a b\"", "\"a x\"", "'model.merges[0]' is \"a x\"; expected tokens of the vocabulary, which lacks 'x'")]
    [DataRow("\"a b\"", "\"a\"", "'model.merges[0]' is \"a\"; expected two tokens")]
    [DataRow("\"a b\"", "[\"a\", 1]", "'model.merges[0][1]' is 1; expected a text")]
    [DataRow("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "'normalizer' is")]
    [DataRow("\"fuse_unk\": false", "\"byte_fallback\": true", "'model.byte_fallback' is true; expected false")]
    [DataRow("\"end_of_word_suffix\": \"\"", "\"end_of_word_suffix\": \"</w>\"", "expected null or an empty text")]
    [DataRow("\"sep\": [\"</s>\", 2]", "\"sep\": [\"</s>\"]", "expected a token and its id")]
    public void Load_MalformedRoberta_SaysWhere(string good, string bad, string message) =>
        AssertMalformed(Replace(Roberta, good, bad), message);

    [TestMethod]
    public void Load_MalformedVocabularies_SayWhere()
    {
        using var files = new TokenizerFiles();
        AssertFails("no tokenizer is here");
        files.Write("vocab.json", BytePairTokenizerTests.Vocabulary("a", "b", "ab"));
        files.Write("merges.txt", "#version: 0.2\na b\nb a\n");
        AssertFails("merges.txt(3): the vocabulary lacks 'ba' of the merge 'b a'");
        files.Write("merges.txt", "a b c\n");
        AssertFails("merges.txt(1): 'a b c' is no merge");
        files.Write("vocab.txt", "[UNK]\n[SEP]\n");
        AssertFails("vocab.txt: no line is '[CLS]'");

        void AssertFails(string message) => Assert.Contains(
            message, Assert.ThrowsExactly<InputException>(() => SubwordTokenizer.Load(files.Path)).Message);
    }

    // NFD, Lowercase and StripAccents in a row, as the documentation of Hugging Face's tokenizers trains a BERT.
    [TestMethod]
    public void Load_SequenceOfNormalizers_IsRead()
    {
        var json = Replace(
            Bert,
            "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"strip_accents\": null, \"lowercase\": true}",
            """{"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"}, {"type": "StripAccents"}]}""");
        WordPieceTokenizerTests.AssertPieces(Load(json), "Caf\u00C9", "cafe");
        Assert.AreEqual(
            new WordPieceNormalization { CleanText = false, SplitIdeographs = false },
            ((WordPieceTokenizer)Load(json)).Normalization);
    }

    private static void AssertSame(SubwordTokenizer expected, SubwordTokenizer actual)
    {
        Assert.AreEqual(expected.Special, actual.Special);
        Assert.AreEqual(expected.VocabularySize, actual.VocabularySize);
        Assert.AreEqual(
            TokenizerJsonWriter.Write(expected).ToJsonString(), TokenizerJsonWriter.Write(actual).ToJsonString());
        foreach (var text in (string[])["ab <mask> ab!", "BOB, caf\u00E9 unable un [SEP]"])
        {
            CollectionAssert.AreEqual(expected.Encode(text), actual.Encode(text));
            CollectionAssert.AreEqual(expected.EncodePair(text, "ab"), actual.EncodePair(text, "ab"));
        }
    }

    private static void AssertMalformed(string json, string message)
    {
        var error = Assert.ThrowsExactly<InputException>(() => Load(json)).Message;
        Assert.Contains("tokenizer.json", error);
        Assert.Contains(message, error);
    }

    private static string Replace(string json, string good, string bad)
    {
        Assert.Contains(good, json);
        return json.Replace(good, bad, StringComparison.Ordinal);
    }

    private static SubwordTokenizer Load(string json, string? config = null)
    {
        using var files = new TokenizerFiles();
        files.Write("tokenizer.json", json);
        if (config is not null)
        {
            files.Write("tokenizer_config.json", config);
        }

        return SubwordTokenizer.Load(files.Path);
    }
}
