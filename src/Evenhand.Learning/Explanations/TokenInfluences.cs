using System.Runtime.InteropServices;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Explanations;

/// <summary>Which tokens move a model's predictions over a whole data set, and for whom.</summary>
public sealed class TokenInfluences
{
    private TokenInfluences(
        string @class,
        ExplanationMethod method,
        ExplainedQuantity quantity,
        IReadOnlyDictionary<string, int> groups,
        IReadOnlyList<TokenInfluence> tokens)
    {
        Class = @class;
        Method = method;
        Quantity = quantity;
        Groups = groups;
        Tokens = tokens;
    }

    /// <summary>The class that positive figures speak for.</summary>
    public string Class { get; }

    /// <summary>How each text was explained.</summary>
    public ExplanationMethod Method { get; }

    /// <summary>The unit of the figures.</summary>
    public ExplainedQuantity Quantity { get; }

    /// <summary>Number of texts of each group; empty where no attribute was asked for.</summary>
    public IReadOnlyDictionary<string, int> Groups { get; }

    /// <summary>The tokens, in lower case; those that move most in all first, of equals by their characters.</summary>
    public IReadOnlyList<TokenInfluence> Tokens { get; }

    /// <summary>Explains each text of a data set and sums up its tokens.</summary>
    /// <param name="explainer">Explains one class; for a model of several the options name it.</param>
    /// <param name="data">Texts.</param>
    /// <param name="group">The attribute by whose groups influence is told apart; null for none. Rows of no group count
    /// only among all.</param>
    /// <param name="progress">Told of each text; null where nobody listens.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The data has no text or no row, or the texts would be explained for different
    /// classes.</exception>
    public static TokenInfluences Of(
        TextExplainer explainer,
        Dataset data,
        GroupAttribute? group = null,
        Action<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        ArgumentNullException.ThrowIfNull(data);
        var texts = TrainingColumns.Text(data, "explain");
        var codes = group is null ? [] : data.GroupCodes(group);
        var names = group?.Column.Vocabulary;
        var sizes = new int[names?.Count ?? 0];
        var sums = new Dictionary<string, Sums>();
        TextExplanation? last = null;
        for (var row = 0; row < texts.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var explanation = explainer.Explain(texts.Values[row], null, cancellationToken);
            if (last is not null && last.Class != explanation.Class)
            {
                throw new InputException(
                    $"Texts are explained for different classes, such as '{last.Class}' and '{explanation.Class}'; "
                    + "name the class.");
            }

            last = explanation;
            var code = group is null ? Vocabulary.Missing : codes[row];
            if (code >= 0)
            {
                sizes[code]++;
            }

            Add(sums, explanation, code, sizes.Length);
            progress?.Invoke(new WorkProgress(row + 1, texts.Length, "texts"));
        }

        return last is null
            ? throw new InputException($"Nothing to explain: '{data.Name}' has no rows.")
            : new TokenInfluences(
                last.Class,
                last.Method,
                last.Quantity,
                Enumerable.Range(0, sizes.Length).Where(g => sizes[g] > 0).ToDictionary(g => names![g], g => sizes[g]),
                [.. sums.OrderByDescending(s => s.Value.Absolute).ThenBy(s => s.Key, StringComparer.Ordinal)
                    .Select(s => s.Value.ToInfluence(s.Key, names, sizes))]);
    }

    private static void Add(Dictionary<string, Sums> sums, TextExplanation explanation, int code, int groups)
    {
        foreach (var token in explanation.Tokens.GroupBy(t => t.Token.ToLowerInvariant()))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, token.Key, out _);
            sum ??= new Sums(groups);
            var value = token.Sum(t => t.Value);
            sum.Texts++;
            sum.Signed += value;
            sum.Absolute += Math.Abs(value);
            if (code >= 0)
            {
                sum.Groups[code] += value;
            }
        }
    }

    /// <summary>Sums of a token over texts.</summary>
    private sealed class Sums(int groups)
    {
        public double[] Groups { get; } = new double[groups];

        public int Texts { get; set; }

        public double Signed { get; set; }

        public double Absolute { get; set; }

        public TokenInfluence ToInfluence(string token, Vocabulary? names, int[] sizes) => new(
            token,
            Texts,
            Signed / Texts,
            Absolute / Texts,
            Enumerable.Range(0, sizes.Length).Where(g => sizes[g] > 0)
                .ToDictionary(g => names![g], g => Groups[g] / sizes[g]));
    }
}

/// <summary>How a token moves predictions.</summary>
/// <param name="Token">In lower case.</param>
/// <param name="Texts">Number of texts that have it.</param>
/// <param name="Mean">Mean over the texts that have it of what it adds, all its places together.</param>
/// <param name="MeanAbsolute">Mean over the texts that have it of the absolute value of what it adds.</param>
/// <param name="Groups">What it adds to the mean prediction of each group: the sum over the group's texts, divided by
/// their number, with it or without it. The differences of two groups over all tokens sum to the difference of their
/// mean predictions, less that of their mean remainders.</param>
public sealed record TokenInfluence(
    string Token, int Texts, double Mean, double MeanAbsolute, IReadOnlyDictionary<string, double> Groups);
