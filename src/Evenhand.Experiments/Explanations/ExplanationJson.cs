using System.Text.Json;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Explanations as JSON.</summary>
public static class ExplanationJson
{
    /// <summary>Writes an explanation as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="row">Row of the text in its file, from 1; null where it is of none.</param>
    /// <param name="explanation">The explanation.</param>
    /// <param name="top">How many tokens, the heaviest first; null for all in the order of the text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter json, int? row, TextExplanation explanation, int? top = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(explanation);
        json.WriteStartObject();
        if (row is { } number)
        {
            json.WriteNumber("row", number);
        }

        json.WriteString("text", explanation.Text);
        json.WriteString("class", explanation.Class);
        json.WriteString("method", ExplanationText.Name(explanation.Method));
        json.WriteString("quantity", explanation.Quantity.ToString().ToLowerInvariant());
        json.WriteNumber("probability", explanation.Probability);
        json.WriteNumber("prediction", explanation.Prediction);
        json.WriteNumber("baseValue", explanation.BaseValue);
        json.WriteNumber("remainder", explanation.Remainder);
        if (explanation.Quality is { } quality)
        {
            json.WriteStartObject("quality");
            json.WriteString("name", quality.Name);
            json.WriteNumber("value", quality.Value);
            json.WriteEndObject();
        }

        json.WriteStartArray("tokens");
        foreach (var token in top is { } count ? explanation.Top(count) : explanation.Tokens)
        {
            json.WriteStartObject();
            json.WriteString("token", token.Token);
            json.WriteNumber("start", token.Start);
            json.WriteNumber("end", token.End);
            json.WriteNumber("value", token.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the influence of tokens over a data set as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="influences">The influences.</param>
    /// <param name="top">How many tokens; null for all.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Utf8JsonWriter json, TokenInfluences influences, int? top = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(influences);
        json.WriteStartObject();
        json.WriteString("class", influences.Class);
        json.WriteString("method", ExplanationText.Name(influences.Method));
        json.WriteString("quantity", influences.Quantity.ToString().ToLowerInvariant());
        json.WriteStartObject("groups");
        foreach (var (group, texts) in influences.Groups)
        {
            json.WriteNumber(group, texts);
        }

        json.WriteEndObject();
        json.WriteStartArray("tokens");
        foreach (var token in influences.Tokens.Take(top ?? int.MaxValue))
        {
            json.WriteStartObject();
            json.WriteString("token", token.Token);
            json.WriteNumber("texts", token.Texts);
            json.WriteNumber("mean", token.Mean);
            json.WriteNumber("meanAbsolute", token.MeanAbsolute);
            json.WriteStartObject("groups");
            foreach (var (group, value) in token.Groups)
            {
                json.WriteNumber(group, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
