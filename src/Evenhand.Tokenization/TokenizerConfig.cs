using Evenhand.Configuration;

namespace Evenhand.Tokenization;

/// <summary>What <c>tokenizer_config.json</c> says; null where it says nothing.</summary>
internal sealed record TokenizerConfig
{
    private static readonly string[] SpecialKeys =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    public bool? LowerCase { get; init; }

    public bool? StripAccents { get; init; }

    public bool? SplitIdeographs { get; init; }

    public bool? AddPrefixSpace { get; init; }

    /// <summary>How each special token is written, by its key, such as <c>cls_token</c>.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the file, or says nothing where it is missing.</summary>
    public static TokenizerConfig Load(string file) =>
        File.Exists(file) ? Read(JsonPlace.Load(file)) : new TokenizerConfig();

    public static TokenizerConfig Read(JsonPlace root)
    {
        var special = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in SpecialKeys)
        {
            if (root.Find(key) is { } token)
            {
                // Older files hold the token, newer ones an object that holds it.
                special[key] = token.Value.ValueKind == System.Text.Json.JsonValueKind.Object
                    ? token.Get("content").Text()
                    : token.Text();
            }
        }

        return new TokenizerConfig
        {
            LowerCase = root.Flag("do_lower_case"),
            StripAccents = root.Flag("strip_accents"),
            SplitIdeographs = root.Flag("tokenize_chinese_chars"),
            AddPrefixSpace = root.Flag("add_prefix_space"),
            SpecialTokens = special,
        };
    }

    /// <summary>The special tokens by these names; those not named by the names of BERT and RoBERTa, or by their place
    /// in the template.</summary>
    public SpecialTokenIds Resolve(SubwordVocabulary vocabulary, SequenceTemplate template, string? unknown)
    {
        var named = SpecialTokenIds.ByName(vocabulary);
        var added = template.Single.Where(p => p.Text == SubwordToken.Added).Select(p => (int?)p.Id).ToArray();
        return new SpecialTokenIds(
            Find("pad_token") ?? named.Pad,
            Find("unk_token") ?? (unknown is null ? named.Unknown : vocabulary.IdOf(unknown)),
            Find("cls_token") ?? named.Class ?? added.FirstOrDefault(),
            Find("sep_token") ?? named.Separator ?? added.LastOrDefault(),
            Find("mask_token") ?? named.Mask);

        int? Find(string key) => SpecialTokens.TryGetValue(key, out var token) ? vocabulary.IdOf(token) : null;
    }
}
