using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Evenhand.Tokenization;

/// <summary>Writes tokenizers as Hugging Face's <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
internal static class TokenizerJsonWriter
{
    /// <summary>What <see cref="TokenizerJsonReader"/> reads.</summary>
    public static JsonObject Write(SubwordTokenizer tokenizer)
    {
        var file = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. tokenizer.Vocabulary.AddedTokens.Select(Write)]),
        };
        switch (tokenizer)
        {
            case WordPieceTokenizer wordPiece:
                Add(file, wordPiece);
                break;
            case BytePairTokenizer bytePair:
                Add(file, bytePair);
                break;
            default:
                throw new UnreachableException();
        }

        return file;
    }

    /// <summary>What <see cref="TokenizerConfig"/> reads.</summary>
    public static JsonObject WriteConfig(SubwordTokenizer tokenizer)
    {
        var config = new JsonObject();
        foreach (var (key, id) in ((string, int?)[])
        [
            ("unk_token", tokenizer.UnknownId), ("pad_token", tokenizer.PadId), ("cls_token", tokenizer.ClassId),
            ("sep_token", tokenizer.SeparatorId), ("mask_token", tokenizer.MaskId),
        ])
        {
            if (id is not null)
            {
                config[key] = tokenizer.TokenOf(id.Value);
            }
        }

        if (tokenizer is WordPieceTokenizer { Normalization: var normalization })
        {
            config["tokenizer_class"] = "BertTokenizer";
            config["do_lower_case"] = normalization.LowerCase;
            config["strip_accents"] = normalization.StripAccents;
            config["tokenize_chinese_chars"] = normalization.SplitIdeographs;
        }
        else if (tokenizer is BytePairTokenizer bytePair)
        {
            config["tokenizer_class"] = tokenizer.ClassId is null ? "GPT2Tokenizer" : "RobertaTokenizer";
            config["add_prefix_space"] = bytePair.AddPrefixSpace;
        }

        return config;
    }

    /// <summary>Tokens that words are split into, with their ids.</summary>
    public static JsonObject WriteVocabulary(SubwordVocabulary vocabulary)
    {
        var ids = new JsonObject();
        foreach (var (id, token) in vocabulary.ModelTokens.Index())
        {
            if (token is not null)
            {
                ids[token] = id;
            }
        }

        return ids;
    }

    private static JsonObject Write(AddedToken token) => new()
    {
        ["id"] = token.Id,
        ["content"] = token.Content,
        ["single_word"] = token.SingleWord,
        ["lstrip"] = token.LeftStrip,
        ["rstrip"] = token.RightStrip,
        ["normalized"] = token.Normalized,
        ["special"] = token.Special,
    };

    private static void Add(JsonObject file, WordPieceTokenizer tokenizer)
    {
        file["normalizer"] = new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = tokenizer.Normalization.CleanText,
            ["handle_chinese_chars"] = tokenizer.Normalization.SplitIdeographs,
            ["strip_accents"] = tokenizer.Normalization.StripAccents,
            ["lowercase"] = tokenizer.Normalization.LowerCase,
        };
        file["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" };
        file["post_processor"] = TokenizerTemplates.Write(tokenizer.Template, tokenizer.Vocabulary);
        file["decoder"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["prefix"] = tokenizer.Prefix,
            ["cleanup"] = true,
        };
        file["model"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["unk_token"] = tokenizer.TokenOf(tokenizer.UnknownId!.Value),
            ["continuing_subword_prefix"] = tokenizer.Prefix,
            ["max_input_chars_per_word"] = tokenizer.LongestWord,
            ["vocab"] = WriteVocabulary(tokenizer.Vocabulary),
        };
    }

    private static void Add(JsonObject file, BytePairTokenizer tokenizer)
    {
        file["normalizer"] = null;
        file["pre_tokenizer"] = ByteLevel(tokenizer);
        file["post_processor"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["processors"] = new JsonArray(
                ByteLevel(tokenizer), TokenizerTemplates.Write(tokenizer.Template, tokenizer.Vocabulary)),
        };
        file["decoder"] = ByteLevel(tokenizer);
        file["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = tokenizer.UnknownToken,
            ["continuing_subword_prefix"] = "",
            ["end_of_word_suffix"] = "",
            ["fuse_unk"] = false,
            ["byte_fallback"] = false,
            ["ignore_merges"] = false,
            ["vocab"] = WriteVocabulary(tokenizer.Vocabulary),
            ["merges"] = new JsonArray([.. tokenizer.Merges.Pairs.Select(m => (JsonNode)new JsonArray(
                tokenizer.TokenOf(m.Left), tokenizer.TokenOf(m.Right)))]),
        };
    }

    private static JsonObject ByteLevel(BytePairTokenizer tokenizer) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = tokenizer.AddPrefixSpace,
        ["trim_offsets"] = tokenizer.TrimOffsets,
        ["use_regex"] = true,
    };
}
