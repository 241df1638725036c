using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;

namespace Evenhand.Cli.Output;

/// <summary>Makes explanations, and writes them as a table, JSON or a page.</summary>
/// <param name="Form"><c>table</c>, <c>json</c> or <c>html</c>.</param>
/// <param name="Top">How many tokens are shown, the heaviest ones; null: as many as the form shows.</param>
/// <param name="Title">Title of the page.</param>
internal sealed record ExplanationOutput(string Form, int? Top, string Title)
{
    /// <summary>Tokens of a text in the table.</summary>
    public const int DefaultTop = 10;

    /// <summary>Pairs of a layer in the table.</summary>
    public const int DefaultPairs = 5;

    /// <summary>Where the layers of a transformer look.</summary>
    /// <param name="attention">The attention.</param>
    /// <param name="row">Number of the text's row; null for a text of no file.</param>
    public Action<TextWriter> Attention(TextAttention attention, int? row) => Form switch
    {
        "json" => output => JsonOutput.Write(output, writer => AttentionJson.Write(writer, row, attention)),
        "html" => output => ScreenWriter.ForPrograms(output).Write(AttentionHtml.Page(attention, Title)),
        _ => output => AttentionScreen.Write(output, row, attention, Top ?? DefaultPairs),
    };

    /// <summary>Which tokens move the predictions of all texts most.</summary>
    /// <param name="explainer">Explains one text.</param>
    /// <param name="texts">The texts, told apart by their first group attribute if they have one.</param>
    /// <param name="progress">Told of each text.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public Action<TextWriter> Summary(
        TextExplainer explainer, Dataset texts, ProgressReporter progress, CancellationToken cancellationToken)
    {
        var influences = TokenInfluences.Of(
            explainer,
            texts,
            texts.Groups.Count > 0 ? texts.Groups[0] : null,
            work => progress.Report(work),
            cancellationToken);
        return output =>
        {
            if (Form == "json")
            {
                JsonOutput.Write(output, writer => ExplanationJson.Write(writer, influences, Top));
            }
            else
            {
                ExplanationScreen.Write(output, influences, Top ?? 2 * DefaultTop);
            }
        };
    }

    /// <summary>Which tokens decide the prediction of each text.</summary>
    /// <param name="explainer">Explains one text.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="firstRow">Number of the first text's row; null for a text of no file.</param>
    /// <param name="progress">Told of each text.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public Action<TextWriter> Explanations(
        TextExplainer explainer,
        Dataset texts,
        int? firstRow,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        var explanations = new TextExplanation[texts.RowCount];
        for (var i = 0; i < explanations.Length; i++)
        {
            explanations[i] = explainer.Explain(
                texts.Text!.Values[i],
                explanations.Length == 1 ? work => progress.Report(work) : null,
                cancellationToken);
            progress.Report(new WorkProgress(i + 1, explanations.Length, "texts"));
        }

        return output =>
        {
            switch (Form)
            {
                case "json":
                    JsonOutput.Write(output, writer =>
                    {
                        writer.WriteStartArray();
                        for (var i = 0; i < explanations.Length; i++)
                        {
                            ExplanationJson.Write(writer, firstRow + i, explanations[i], Top);
                        }

                        writer.WriteEndArray();
                    });
                    break;
                case "html":
                    ScreenWriter.ForPrograms(output).Write(ExplanationHtml.Page(explanations, Title));
                    break;
                default:
                    for (var i = 0; i < explanations.Length; i++)
                    {
                        ExplanationScreen.Write(output, firstRow + i, explanations[i], Top ?? DefaultTop);
                    }

                    break;
            }
        };
    }
}
