using System.CommandLine;
using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;

namespace Evenhand.Cli.Commands;

/// <summary>The options of <c>explain</c> that say what is explained, and how.</summary>
internal sealed class ExplainOptions
{
    /// <summary>--input.</summary>
    public Option<string?> Input { get; } = new("--input", "-i")
    {
        Description = "File with a header and the text (.csv, .tsv, .jsonl).",
        HelpName = "FILE",
    };

    /// <summary>--text.</summary>
    public Option<string?> Text { get; } = new("--text")
    {
        Description = "A text, instead of a file.",
        HelpName = "TEXT",
    };

    /// <summary>--row.</summary>
    public Option<int?> Row { get; } = new("--row")
    {
        Description = "Explain this row of the file only, from 1.",
        HelpName = "N",
        CustomParser = result => SharedOptions.OptionalWholeNumber(result, 1),
    };

    /// <summary>--summary.</summary>
    public Option<bool> Summary { get; } = new("--summary")
    {
        Description = "Sum up over all texts of the file: which tokens move predictions most.",
    };

    /// <summary>--by.</summary>
    public Option<string?> By { get; } = new("--by")
    {
        Description = "Tell the summary apart by a column of the file, such as a group of authors.",
        HelpName = "COL",
    };

    /// <summary>--attention.</summary>
    public Option<bool> Attention { get; } = new("--attention")
    {
        Description = "Show instead where the layers of a transformer look, for --text or one --row.",
    };

    /// <summary>--method.</summary>
    public Option<string> Method { get; } = SharedOptions.Choice(
        "--method",
        "How to explain; auto takes the exact method where the model has one, else lime.",
        [.. Enum.GetValues<ExplanationMethod>().Select(ExplanationText.Name)]);

    /// <summary>--class.</summary>
    public Option<string?> Class { get; } = new("--class")
    {
        Description = "The class to explain; else 1 of two, the predicted one of several, the likeliest label.",
        HelpName = "NAME",
    };

    /// <summary>--samples.</summary>
    public Option<int?> Samples { get; } = new("--samples")
    {
        Description = "Texts with tokens left out that lime predicts. [default: 5000]",
        HelpName = "N",
        CustomParser = result => SharedOptions.OptionalWholeNumber<TextExplanationOptions>(
            result, nameof(TextExplanationOptions.NumberOfSamples)),
    };

    /// <summary>--seed.</summary>
    public Option<int?> Seed { get; } = new("--seed")
    {
        Description = "Seed of lime's samples; else 0.",
        HelpName = "N",
        CustomParser = result => SharedOptions.OptionalWholeNumber(result, 0),
    };

    /// <summary>--top.</summary>
    public Option<int?> Top { get; } = new("--top")
    {
        Description = $"Show the N heaviest tokens; the table shows {ExplanationOutput.DefaultTop}, or "
            + $"{ExplanationOutput.DefaultPairs} pairs of a layer, unless told.",
        HelpName = "N",
        CustomParser = result => SharedOptions.OptionalWholeNumber(result, 1),
    };

    /// <summary>--format.</summary>
    public Option<string> Format { get; } =
        SharedOptions.Choice("--format", "Form of the explanations.", "table", "json", "html");

    /// <summary>Form of the explanations, with <c>--json</c> for the form JSON.</summary>
    public string FormOf(ParseResult parsed, Option<bool> json) =>
        parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(Format);

    /// <summary>How texts are explained.</summary>
    public TextExplanationOptions Explanation(ParseResult parsed)
    {
        var defaults = new TextExplanationOptions();
        return defaults with
        {
            Method = Enum.GetValues<ExplanationMethod>()
                .Single(method => ExplanationText.Name(method) == parsed.GetRequiredValue(Method)),
            Class = parsed.GetValue(Class),
            NumberOfSamples = parsed.GetValue(Samples) ?? defaults.NumberOfSamples,
            Seed = parsed.GetValue(Seed) ?? defaults.Seed,
        };
    }

    /// <summary>Refuses options that do not go together.</summary>
    /// <exception cref="InputException">Some do not.</exception>
    public void Check(ParseResult parsed, string form)
    {
        var (input, text, row) = (parsed.GetValue(Input), parsed.GetValue(Text), parsed.GetValue(Row));
        var summary = parsed.GetValue(Summary);
        if (input is not null && text is not null)
        {
            throw new InputException("Name either a file with --input or a text with --text, not both.");
        }

        if (row is not null && (text is not null || summary))
        {
            throw new InputException("--row names one row of --input; it goes neither with --text nor with --summary.");
        }

        if (summary && (text is not null || form == "html"))
        {
            throw new InputException("--summary is of the texts of --input, as a table or JSON.");
        }

        if (parsed.GetValue(By) is not null && !summary)
        {
            throw new InputException("--by goes with --summary.");
        }

        if (parsed.GetValue(Attention))
        {
            CheckAttention(parsed, ofOneText: !summary && (text is not null || row is not null));
        }
    }

    // An option that would change nothing is more likely a misunderstanding than a wish.
    private void CheckAttention(ParseResult parsed, bool ofOneText)
    {
        if (!ofOneText)
        {
            throw new InputException("--attention is of one text: that of --text, or that of --input at --row.");
        }

        Option[] ofTokens = [Method, Class, Samples, Seed];
        if (ofTokens.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} says how tokens are weighed; it does not go with --attention.");
        }
    }
}
