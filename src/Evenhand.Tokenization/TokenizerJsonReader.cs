using System.Text.Json;
using Evenhand.Configuration;

namespace Evenhand.Tokenization;

/// <summary>Makes tokenizers out of Hugging Face's <c>tokenizer.json</c>.</summary>
/// <remarks>WordPiece with BERT's normalization and words, and byte-level BPE with GPT-2's words; whatever else a file
/// asks for is an error, as its tokens would not be those that the model was trained with.</remarks>
internal static class TokenizerJsonReader
{
    private const int DefaultLongestWord = 100;

    /// <exception cref="InputException">Something is missing, malformed, or not supported.</exception>
    public static SubwordTokenizer Read(JsonPlace root, TokenizerConfig config)
    {
        var model = root.Get("model");
        var added = root.Find("added_tokens")?.Items().Select(ReadAdded).ToArray() ?? [];
        var vocabulary = new SubwordVocabulary(ReadVocabulary(model.Get("vocab")), added);
        var (template, trimOffsets) = TokenizerTemplates.Read(root.Find("post_processor"), vocabulary);

        // Older files do not say what the model is.
        var type = model.Text("type") ?? (model.Find("merges") is null ? "WordPiece" : "BPE");
        return type switch
        {
            "WordPiece" => ReadWordPiece(root, model, vocabulary, template, config),
            "BPE" => ReadBytePairs(root, model, vocabulary, template, trimOffsets, config),
            _ => throw model.Get("type").Error("WordPiece or BPE"),
        };
    }

    /// <summary>Tokens by id out of an object that gives each its id.</summary>
    public static string?[] ReadVocabulary(JsonPlace vocabulary)
    {
        var ids = vocabulary.Members().Select(m => (m.Key, Id: m.Value.Whole(SubwordVocabulary.LargestId))).ToArray();
        var tokens = new string?[ids.Select(t => t.Id + 1).DefaultIfEmpty().Max()];
        foreach (var (token, id) in ids)
        {
            if (tokens[id] is { } other && other != token)
            {
                throw new InputException(
                    vocabulary.File, 0, 0, $"'{vocabulary.Path}' gives '{other}' and '{token}' the same id {id}.");
            }

            tokens[id] = token;
        }

        return tokens;
    }

    /// <summary>The ids of a merge's tokens.</summary>
    /// <returns>Null where the vocabulary lacks one, which <paramref name="missing"/> then is.</returns>
    public static (int Left, int Right, int Id)? FindMerge(
        SubwordVocabulary vocabulary, string left, string right, out string missing)
    {
        missing = vocabulary.IdOf(left) is null ? left : vocabulary.IdOf(right) is null ? right : left + right;
        return vocabulary.IdOf(left) is { } l && vocabulary.IdOf(right) is { } r
            && vocabulary.IdOf(left + right) is { } id
            ? (l, r, id)
            : null;
    }

    private static AddedToken ReadAdded(JsonPlace token) => new(token.Get("content").Text(), token.Get("id").Whole(SubwordVocabulary.LargestId))
    {
        Special = token.Flag("special") ?? false,
        SingleWord = token.Flag("single_word") ?? false,
        LeftStrip = token.Flag("lstrip") ?? false,
        RightStrip = token.Flag("rstrip") ?? false,
        Normalized = token.Flag("normalized") ?? false,
    };

    private static WordPieceTokenizer ReadWordPiece(
        JsonPlace root,
        JsonPlace model,
        SubwordVocabulary vocabulary,
        SequenceTemplate template,
        TokenizerConfig config)
    {
        RequireType(root.Get("pre_tokenizer"), "BertPreTokenizer");
        var unknown = model.Text("unk_token") ?? "[UNK]";
        if (vocabulary.IdOf(unknown) is not { } unknownId)
        {
            throw new InputException(model.File, 0, 0, $"'{model.Path}.vocab' lacks the unknown token '{unknown}'.");
        }

        return new WordPieceTokenizer(
            vocabulary,
            template,
            config.Resolve(vocabulary, template, unknown) with { Unknown = unknownId },
            ReadNormalizer(root.Find("normalizer"), config),
            model.Text("continuing_subword_prefix") ?? "##",
            model.Find("max_input_chars_per_word")?.Whole(SubwordVocabulary.LargestId) ?? DefaultLongestWord);
    }

    private static WordPieceNormalization ReadNormalizer(JsonPlace? normalizer, TokenizerConfig config)
    {
        var parts = normalizer is { } place && place.Get("type").Text() == "Sequence"
            ? place.Get("normalizers").Items().ToArray()
            : normalizer is null ? [] : [normalizer.Value];
        var types = parts.Select(p => p.Get("type").Text()).ToArray();
        if (types is ["BertNormalizer"])
        {
            return Normalization(
                config,
                parts[0].Flag("clean_text") ?? true,
                parts[0].Flag("handle_chinese_chars") ?? true,
                parts[0].Flag("strip_accents"),
                parts[0].Flag("lowercase") ?? true);
        }

        // Accents come off only where letters are decomposed first.
        var strips = Array.IndexOf(types, "StripAccents");
        if (types.Except(["NFD", "StripAccents", "Lowercase"]).Any()
            || (strips >= 0) != types.Contains("NFD") || strips < Array.IndexOf(types, "NFD"))
        {
            throw normalizer!.Value.Error("BertNormalizer, or a Sequence of NFD, StripAccents and Lowercase");
        }

        return Normalization(config, false, false, strips >= 0, types.Contains("Lowercase"));
    }

    /// <summary>What a normalizer's settings and the configuration come to; accents go with capitals where neither says
    /// otherwise.</summary>
    public static WordPieceNormalization Normalization(
        TokenizerConfig config, bool clean, bool ideographs, bool? strip, bool lower)
    {
        lower = config.LowerCase ?? lower;
        return new WordPieceNormalization
        {
            CleanText = clean,
            SplitIdeographs = config.SplitIdeographs ?? ideographs,
            StripAccents = config.StripAccents ?? strip ?? lower,
            LowerCase = lower,
        };
    }

    private static BytePairTokenizer ReadBytePairs(
        JsonPlace root,
        JsonPlace model,
        SubwordVocabulary vocabulary,
        SequenceTemplate template,
        bool trimOffsets,
        TokenizerConfig config)
    {
        if (root.Find("normalizer") is { } normalizer)
        {
            throw normalizer.Error("null, as byte-level BPE takes texts as they are");
        }

        foreach (var key in (string[])["byte_fallback", "ignore_merges", "fuse_unk"])
        {
            if (model.Flag(key) ?? false)
            {
                throw model.Get(key).Error("false");
            }
        }

        foreach (var key in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Text(key) is { Length: > 0 })
            {
                throw model.Get(key).Error("null or an empty text, as in byte-level BPE");
            }
        }

        var words = root.Get("pre_tokenizer");
        RequireType(words, "ByteLevel");
        if (!(words.Flag("use_regex") ?? true))
        {
            throw words.Get("use_regex").Error("true");
        }

        var unknown = model.Text("unk_token");
        return new BytePairTokenizer(
            vocabulary,
            template,
            config.Resolve(vocabulary, template, unknown),
            [.. model.Get("merges").Items().Select(m => ReadMerge(m, vocabulary))],
            unknown,
            config.AddPrefixSpace ?? words.Flag("add_prefix_space") ?? false,
            trimOffsets);
    }

    // "a b" in older files, ["a", "b"] in newer ones.
    private static (int Left, int Right, int Id) ReadMerge(JsonPlace merge, SubwordVocabulary vocabulary)
    {
        var sides = merge.Value.ValueKind == JsonValueKind.Array
            ? merge.Items().Select(s => s.Text()).ToArray()
            : merge.Text().Split(' ');
        if (sides.Length != 2)
        {
            throw merge.Error("two tokens");
        }

        return FindMerge(vocabulary, sides[0], sides[1], out var missing)
            ?? throw merge.Error($"tokens of the vocabulary, which lacks '{missing}'");
    }

    private static void RequireType(JsonPlace place, string type)
    {
        if (place.Get("type").Text() != type)
        {
            throw place.Get("type").Error(type);
        }
    }
}
