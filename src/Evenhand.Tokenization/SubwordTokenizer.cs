using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Tokenization;

/// <summary>Turns texts into the tokens of a fixed vocabulary, words and parts of words, and back.</summary>
/// <remarks>
/// Reads and writes Hugging Face's files, and gives the same tokens as its tokenizers do; offsets are in UTF-16
/// characters of the original text. Immutable and safe for use by several threads. A null text is an empty one.
/// </remarks>
public abstract class SubwordTokenizer
{
    private const int TextsOfJob = 64;

    private readonly ConcurrentBag<SubwordScanner> _scanners = [];

    private protected SubwordTokenizer(
        SubwordVocabulary vocabulary, SequenceTemplate template, SpecialTokenIds special)
    {
        Vocabulary = vocabulary;
        Template = template;
        Special = special;
    }

    /// <summary>One more than the largest id: the number of rows of a table of embeddings.</summary>
    public int VocabularySize => Vocabulary.Count;

    /// <summary>Id of the token that fills batches up (<c>[PAD]</c>, <c>&lt;pad&gt;</c>); null where there is
    /// none.</summary>
    public int? PadId => Special.Pad;

    /// <summary>Id of the token of what cannot be spelled (<c>[UNK]</c>, <c>&lt;unk&gt;</c>); null where there is
    /// none.</summary>
    public int? UnknownId => Special.Unknown;

    /// <summary>Id of the token whose state stands for the whole text (<c>[CLS]</c>, <c>&lt;s&gt;</c>); null where
    /// there is none.</summary>
    public int? ClassId => Special.Class;

    /// <summary>Id of the token after each text (<c>[SEP]</c>, <c>&lt;/s&gt;</c>); null where there is none.</summary>
    public int? SeparatorId => Special.Separator;

    /// <summary>Id of the token that hides another (<c>[MASK]</c>, <c>&lt;mask&gt;</c>); null where there is
    /// none.</summary>
    public int? MaskId => Special.Mask;

    /// <summary>Ids of the tokens that spell no part of a text, such as those above; <see cref="Decode"/> leaves them
    /// out.</summary>
    public IEnumerable<int> SpecialIds =>
        Vocabulary.AddedTokens.Where(token => token.Special).Select(token => token.Id);

    internal SubwordVocabulary Vocabulary { get; }

    internal SequenceTemplate Template { get; }

    internal SpecialTokenIds Special { get; }

    /// <summary>Reads a tokenizer from a folder, whichever files are there.</summary>
    /// <param name="folder">A folder with <c>tokenizer.json</c>, <c>vocab.txt</c>, or <c>vocab.json</c> and
    /// <c>merges.txt</c>; the first of these that is there is read. Where <c>tokenizer_config.json</c> is there as
    /// well, what it says of lower case, accents, Chinese characters and special tokens goes before.</param>
    /// <exception cref="InputException">None of the files is there, or one cannot be read, is malformed, or asks for
    /// something that these tokenizers do not do.</exception>
    public static SubwordTokenizer Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return TokenizerFolder.Load(folder);
    }

    /// <summary>Writes <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and the vocabulary in files of its own
    /// (<c>vocab.txt</c>, or <c>vocab.json</c> and <c>merges.txt</c>).</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        TokenizerFolder.Save(this, folder);
    }

    /// <summary>How the token of an id is written in the vocabulary; null where the id has none.</summary>
    public string? TokenOf(int id) => Vocabulary[id];

    /// <summary>The id of a token as it is written in the vocabulary; null where there is none.</summary>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Vocabulary.IdOf(token);
    }

    /// <summary>The tokens of a text alone, without any added around it.</summary>
    public SubwordToken[] Tokenize(string? text)
    {
        var scanner = Rent();
        var tokens = scanner.Scan(text).ToArray();
        _scanners.Add(scanner);
        return tokens;
    }

    /// <summary>The tokens of a text with those that belong around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximumLength">Most tokens in all; what is too long is cut at its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the tokens around the text.</exception>
    public SubwordToken[] Encode(string? text, int maximumLength = int.MaxValue)
    {
        RequireRoom(maximumLength, Template.AddedToSingle);
        var scanner = Rent();
        var tokens = Encode(scanner, text, maximumLength);
        _scanners.Add(scanner);
        return tokens;
    }

    /// <summary>The tokens of two texts with those that belong around them.</summary>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text.</param>
    /// <param name="maximumLength">Most tokens in all; the longer text is cut first, at its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the tokens around the texts.</exception>
    public SubwordToken[] EncodePair(string? first, string? second, int maximumLength = int.MaxValue)
    {
        RequireRoom(maximumLength, Template.AddedToPair);
        var scanner = Rent();
        var tokens = EncodePair(scanner, first, second, maximumLength);
        _scanners.Add(scanner);
        return tokens;
    }

    /// <summary>Encodes many texts; element i is what <see cref="Encode(string?, int)"/> gives for text i.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maximumLength">Most tokens of a text.</param>
    /// <param name="threads">Most threads at work; the tokens do not depend on it.</param>
    /// <param name="cancellationToken">Polled before each text.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the tokens around a text, or no
    /// thread.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SubwordToken[][] EncodeAll(
        ReadOnlyMemory<string?> texts,
        int maximumLength = int.MaxValue,
        int threads = 1,
        CancellationToken cancellationToken = default)
    {
        RequireRoom(maximumLength, Template.AddedToSingle);
        return ForAll(
            texts.Length,
            (scanner, i) => Encode(scanner, texts.Span[i], maximumLength),
            threads,
            cancellationToken);
    }

    /// <summary>Encodes many pairs of texts; element i is what <see cref="EncodePair(string?, string?, int)"/> gives
    /// for pair i.</summary>
    /// <param name="first">The first texts.</param>
    /// <param name="second">The second texts, as many.</param>
    /// <param name="maximumLength">Most tokens of a pair.</param>
    /// <param name="threads">Most threads at work; the tokens do not depend on it.</param>
    /// <param name="cancellationToken">Polled before each pair.</param>
    /// <exception cref="ArgumentException">There are not as many second texts as first ones.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the tokens around a pair, or no
    /// thread.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SubwordToken[][] EncodeAllPairs(
        ReadOnlyMemory<string?> first,
        ReadOnlyMemory<string?> second,
        int maximumLength = int.MaxValue,
        int threads = 1,
        CancellationToken cancellationToken = default)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} first and {second.Length} second texts.", nameof(second));
        }

        RequireRoom(maximumLength, Template.AddedToPair);
        return ForAll(
            first.Length,
            (scanner, i) => EncodePair(scanner, first.Span[i], second.Span[i], maximumLength),
            threads,
            cancellationToken);
    }

    /// <summary>The text that tokens spell.</summary>
    /// <param name="ids">The tokens; ids that have no token are left out.</param>
    /// <param name="skipSpecialTokens">Leaves tokens such as <c>[CLS]</c> out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var special = SpecialIds.ToHashSet();
        var kept = new List<int>(ids.Length);
        foreach (var id in ids)
        {
            if (Vocabulary[id] is not null && !(skipSpecialTokens && special.Contains(id)))
            {
                kept.Add(id);
            }
        }

        return Join(kept);
    }

    /// <summary>The tokenizer that <see cref="ToJson"/> and <see cref="ConfigToJson"/> describe.</summary>
    /// <param name="tokenizer">As in <c>tokenizer.json</c>.</param>
    /// <param name="config">As in <c>tokenizer_config.json</c>.</param>
    /// <exception cref="InputException">They describe none that this version knows.</exception>
    public static SubwordTokenizer FromJson(JsonPlace tokenizer, JsonPlace config) =>
        TokenizerJsonReader.Read(tokenizer, TokenizerConfig.Read(config));

    /// <summary>The tokenizer as in <c>tokenizer.json</c>.</summary>
    public JsonObject ToJson() => TokenizerJsonWriter.Write(this);

    /// <summary>What else is known of it, as in <c>tokenizer_config.json</c>.</summary>
    public JsonObject ConfigToJson() => TokenizerJsonWriter.WriteConfig(this);

    private protected abstract SubwordScanner CreateScanner();

    private protected abstract string Join(IReadOnlyList<int> ids);

    private static void RequireRoom(int maximumLength, int added) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, added);

    private SubwordScanner Rent() => _scanners.TryTake(out var scanner) ? scanner : CreateScanner();

    private SubwordToken[] Encode(SubwordScanner scanner, string? text, int maximumLength)
    {
        var tokens = scanner.Scan(text);
        return Template.Fill(tokens[..Math.Min(tokens.Length, maximumLength - Template.AddedToSingle)]);
    }

    private SubwordToken[] EncodePair(SubwordScanner scanner, string? first, string? second, int maximumLength)
    {
        var a = scanner.Scan(first);
        var b = scanner.Scan(second, second: true);
        var (keptOfA, keptOfB) = SequenceTemplate.Truncate(
            a.Length, b.Length, maximumLength - Template.AddedToPair);
        return Template.Fill(a[..keptOfA], b[..keptOfB]);
    }

    private SubwordToken[][] ForAll(
        int count,
        Func<SubwordScanner, int, SubwordToken[]> encode,
        int threads,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var encoded = new SubwordToken[count][];
        Parallel.For(
            0,
            (count + TextsOfJob - 1) / TextsOfJob,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            Rent,
            (job, _, scanner) =>
            {
                var end = Math.Min(count, (job + 1) * TextsOfJob);
                for (var i = job * TextsOfJob; i < end; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    encoded[i] = encode(scanner, i);
                }

                return scanner;
            },
            _scanners.Add);
        return encoded;
    }
}
