using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;

namespace Evenhand.Tokenization;

/// <summary>The files of a tokenizer, as Hugging Face names them.</summary>
internal static class TokenizerFolder
{
    private const string Tokenizer = "tokenizer.json";
    private const string Config = "tokenizer_config.json";
    private const string WordPieces = "vocab.txt";
    private const string BytePairs = "vocab.json";
    private const string Merges = "merges.txt";
    private const int LongestWord = 100;

    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SubwordTokenizer Load(string folder)
    {
        var config = TokenizerConfig.Load(Path.Combine(folder, Config));
        if (Has(Tokenizer, out var tokenizer))
        {
            return TokenizerJsonReader.Read(JsonPlace.Load(tokenizer), config);
        }

        if (Has(WordPieces, out var wordPieces))
        {
            return LoadWordPieces(wordPieces, config);
        }

        return Has(BytePairs, out var bytePairs) && Has(Merges, out var merges)
            ? LoadBytePairs(bytePairs, merges, config)
            : throw new InputException(
                folder,
                0,
                0,
                $"no tokenizer is here; expected {Tokenizer}, {WordPieces}, or {BytePairs} and {Merges}.");

        bool Has(string name, out string file) => File.Exists(file = Path.Combine(folder, name));
    }

    public static void Save(SubwordTokenizer tokenizer, string folder)
    {
        try
        {
            Write(Tokenizer, Json(TokenizerJsonWriter.Write(tokenizer)));
            Write(Config, Json(TokenizerJsonWriter.WriteConfig(tokenizer)));
            if (tokenizer is BytePairTokenizer bytePair)
            {
                Write(BytePairs, Json(TokenizerJsonWriter.WriteVocabulary(tokenizer.Vocabulary)));
                Write(Merges, Lines(bytePair.Merges.Pairs
                    .Select(m => $"{tokenizer.TokenOf(m.Left)} {tokenizer.TokenOf(m.Right)}")
                    .Prepend("#version: 0.2")));
            }
            else
            {
                Write(WordPieces, Lines(tokenizer.Vocabulary.ModelTokens));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the tokenizer cannot be written: {e.Message}", e);
        }

        void Write(string name, string text) => WholeFile.Write(Path.Combine(folder, name), text);

        static string Json(JsonObject json) => json.ToJsonString(Layout) + "\n";

        static string Lines(IEnumerable<string?> lines) => string.Concat(lines.Select(l => l + "\n"));
    }

    private static WordPieceTokenizer LoadWordPieces(string file, TokenizerConfig config)
    {
        // The last of equal tokens is the one that counts, as in BERT's own reader; the others keep their ids.
        var tokens = ReadLines(file);
        var bare = new SubwordVocabulary(tokens, []);
        var (unknown, start, end) = (Require("unk_token", "[UNK]"), Require("cls_token", "[CLS]"),
            Require("sep_token", "[SEP]"));
        var vocabulary = new SubwordVocabulary(tokens, SpecialTokens(bare, config));
        var template = SequenceTemplate.Bert(start, end);
        return new WordPieceTokenizer(
            vocabulary,
            template,
            config.Resolve(vocabulary, template, null) with { Unknown = unknown },
            TokenizerJsonReader.Normalization(config, clean: true, ideographs: true, strip: null, lower: true),
            "##",
            LongestWord);

        int Require(string key, string name)
        {
            name = config.SpecialTokens.GetValueOrDefault(key, name);
            return bare.IdOf(name) ?? throw new InputException(
                file, 0, 0, $"no line is '{name}'; expected a vocabulary with one token in each line.");
        }
    }

    private static BytePairTokenizer LoadBytePairs(string vocabularyFile, string mergesFile, TokenizerConfig config)
    {
        var tokens = TokenizerJsonReader.ReadVocabulary(JsonPlace.Load(vocabularyFile));
        var bare = new SubwordVocabulary(tokens, []);
        var isRoberta = bare.IdOf("<s>") is not null && bare.IdOf("</s>") is not null;
        var vocabulary = new SubwordVocabulary(tokens, SpecialTokens(bare, config));
        var template = isRoberta
            ? SequenceTemplate.Roberta(bare.IdOf("<s>")!.Value, bare.IdOf("</s>")!.Value)
            : SequenceTemplate.Plain;
        return new BytePairTokenizer(
            vocabulary,
            template,
            config.Resolve(vocabulary, template, null),
            ReadMerges(mergesFile, vocabulary),
            null,
            config.AddPrefixSpace ?? false,
            trimOffsets: isRoberta);
    }

    // The names in the configuration and those that BERT, RoBERTa and GPT-2 use. RoBERTa's mask takes in the blank
    // before it, as it stands for a word with its blank.
    private static IEnumerable<AddedToken> SpecialTokens(SubwordVocabulary vocabulary, TokenizerConfig config) =>
        config.SpecialTokens.Values
            .Concat(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
            .Concat(["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>"])
            .Distinct()
            .Where(name => vocabulary.IdOf(name) is not null)
            .Select(name => new AddedToken(name, vocabulary.IdOf(name)!.Value) { LeftStrip = name == "<mask>" })
            .OrderBy(token => token.Id);

    private static List<(int Left, int Right, int Id)> ReadMerges(string file, SubwordVocabulary vocabulary)
    {
        var merges = new List<(int, int, int)>();
        foreach (var (index, line) in ReadLines(file).Index())
        {
            // A first line such as "#version: 0.2"; "#" is a token as well.
            if (line.Length == 0 || (index == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            var missing = "";
            merges.Add(line.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right]
                ? TokenizerJsonReader.FindMerge(vocabulary, left, right, out missing)
                    ?? throw new InputException(file, index + 1, 0, string.Create(
                        CultureInfo.InvariantCulture, $"the vocabulary lacks '{missing}' of the merge '{line}'."))
                : throw new InputException(
                    file, index + 1, 0, $"'{line}' is no merge; expected two tokens with a blank between them."));
        }

        return merges;
    }

    private static List<string> ReadLines(string file)
    {
        try
        {
            // Only line feeds end lines: other line ends of Unicode are tokens of some vocabularies.
            var lines = File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true))
                .Split('\n').Select(l => l.TrimEnd('\r')).ToList();
            while (lines.Count > 0 && lines[^1].Length == 0)
            {
                lines.RemoveAt(lines.Count - 1);
            }

            return lines;
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{file}: not UTF-8: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: the tokenizer cannot be read: {e.Message}", e);
        }
    }
}
