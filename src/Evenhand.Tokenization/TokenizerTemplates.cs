using System.Text.Json.Nodes;
using Evenhand.Configuration;

namespace Evenhand.Tokenization;

/// <summary>Templates as the <c>post_processor</c> of <c>tokenizer.json</c>.</summary>
internal static class TokenizerTemplates
{
    /// <summary>Reads a post-processor, and whether it takes blanks out of the ranges of tokens.</summary>
    public static (SequenceTemplate Template, bool TrimOffsets) Read(JsonPlace? processor, SubwordVocabulary vocabulary)
    {
        if (processor is not { } place)
        {
            return (SequenceTemplate.Plain, false);
        }

        switch (place.Get("type").Text())
        {
            case "BertProcessing":
                return (SequenceTemplate.Bert(Named("cls"), Named("sep")), false);
            case "RobertaProcessing":
                return (SequenceTemplate.Roberta(Named("cls"), Named("sep")), place.Flag("trim_offsets") ?? true);
            case "ByteLevel":
                return (SequenceTemplate.Plain, place.Flag("trim_offsets") ?? true);
            case "TemplateProcessing":
                return (ReadTemplate(place, vocabulary), false);
            case "Sequence":
                var parts = place.Get("processors").Items().Select(p => Read(p, vocabulary)).ToArray();
                return (
                    parts.Select(p => p.Template).LastOrDefault(t => t != SequenceTemplate.Plain)
                        ?? SequenceTemplate.Plain,
                    parts.Any(p => p.TrimOffsets));
            default:
                throw place.Get("type").Error(
                    "BertProcessing, RobertaProcessing, TemplateProcessing, ByteLevel or Sequence");
        }

        // ["[SEP]", 102]
        int Named(string key)
        {
            var pair = place.Get(key);
            return pair.Items().ToArray() is [_, var id]
                ? RequireToken(id, vocabulary)
                : throw pair.Error("a token and its id");
        }
    }

    /// <summary>A template as TemplateProcessing; the inverse of <see cref="Read"/>.</summary>
    public static JsonObject Write(SequenceTemplate template, SubwordVocabulary vocabulary)
    {
        var special = new JsonObject();
        foreach (var id in template.Single.Concat(template.Pair)
            .Where(p => p.Text == SubwordToken.Added).Select(p => p.Id).Distinct())
        {
            var token = vocabulary[id]!;
            special[token] = new JsonObject
            {
                ["id"] = token,
                ["ids"] = new JsonArray(id),
                ["tokens"] = new JsonArray(token),
            };
        }

        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = Places(template.Single),
            ["pair"] = Places(template.Pair),
            ["special_tokens"] = special,
        };

        JsonArray Places(IReadOnlyList<TemplatePlace> places) => new([.. places.Select(p => (JsonNode)new JsonObject
        {
            [p.Text == SubwordToken.Added ? "SpecialToken" : "Sequence"] = new JsonObject
            {
                ["id"] = p.Text switch { 0 => "A", 1 => "B", _ => vocabulary[p.Id] },
                ["type_id"] = p.Segment,
            },
        })]);
    }

    private static SequenceTemplate ReadTemplate(JsonPlace place, SubwordVocabulary vocabulary)
    {
        var special = place.Find("special_tokens")?.Members().ToDictionary(
            m => m.Key,
            m => m.Value.Get("ids").Items().Select(i => RequireToken(i, vocabulary)).ToArray()) ?? [];
        return new SequenceTemplate(Places("single"), Places("pair"));

        TemplatePlace[] Places(string key) => [.. place.Get(key).Items().SelectMany(ReadPlace)];

        IEnumerable<TemplatePlace> ReadPlace(JsonPlace entry)
        {
            if (entry.Find("Sequence") is { } sequence)
            {
                var text = sequence.Get("id");
                return [new TemplatePlace(
                    text.Text() switch { "A" => 0, "B" => 1, _ => throw text.Error("A or B") }, 0, Segment(sequence))];
            }

            var token = entry.Get("SpecialToken");
            return special.TryGetValue(token.Get("id").Text(), out var ids)
                ? ids.Select(id => new TemplatePlace(SubwordToken.Added, id, Segment(token)))
                : throw token.Get("id").Error($"one of the keys of '{place.Path}.special_tokens'");
        }

        static int Segment(JsonPlace entry) => entry.Find("type_id")?.Whole(SubwordVocabulary.LargestId) ?? 0;
    }

    private static int RequireToken(JsonPlace id, SubwordVocabulary vocabulary) =>
        vocabulary[id.Whole(SubwordVocabulary.LargestId)] is not null ? id.Whole(SubwordVocabulary.LargestId) : throw id.Error("the id of a token of the vocabulary");
}
