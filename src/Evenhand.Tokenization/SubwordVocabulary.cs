namespace Evenhand.Tokenization;

/// <summary>The tokens of a tokenizer and their ids. Immutable.</summary>
internal sealed class SubwordVocabulary
{
    /// <summary>Largest id that is believed; a larger one is taken for a mistake.</summary>
    public const int LargestId = (1 << 24) - 1;

    private readonly string?[] _tokens;
    private readonly Dictionary<string, int> _ids;

    /// <param name="model">Tokens that words are split into, by id; null where there is none.</param>
    /// <param name="added">Tokens that are found as they stand; they may be among the former.</param>
    public SubwordVocabulary(IEnumerable<string?> model, IEnumerable<AddedToken> added)
    {
        ModelTokens = [.. model];
        AddedTokens = [.. added];
        _tokens = new string?[Math.Max(
            ModelTokens.Count, AddedTokens.Select(t => t.Id + 1).DefaultIfEmpty().Max())];
        _ids = new Dictionary<string, int>(_tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < ModelTokens.Count; id++)
        {
            if (ModelTokens[id] is { } token)
            {
                _tokens[id] = token;
                _ids[token] = id;
            }
        }

        foreach (var token in AddedTokens)
        {
            _tokens[token.Id] = token.Content;
            _ids[token.Content] = token.Id;
        }
    }

    /// <summary>One more than the largest id.</summary>
    public int Count => _tokens.Length;

    /// <summary>Tokens that words are split into, by id; null where there is none.</summary>
    public IReadOnlyList<string?> ModelTokens { get; }

    /// <summary>Tokens that are found as they stand.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>The token of an id; null where there is none.</summary>
    public string? this[int id] => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    /// <summary>The id of a token; null where there is none.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;
}
