using Evenhand.Data;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;

namespace Evenhand.Learning.Tests.Explanations;

/// <summary>The words of a text between blanks, and where they stand.</summary>
internal static class Words
{
    public static List<(string Word, int Start)> Of(string? text)
    {
        var words = new List<(string, int)>();
        foreach (var range in (text ?? "").AsSpan().Split(' '))
        {
            var (start, length) = range.GetOffsetAndLength((text ?? "").Length);
            if (length > 0)
            {
                words.Add((text!.Substring(start, length), start));
            }
        }

        return words;
    }
}

/// <summary>A model whose probability, not its log-odds, is a sum over words: what LIME's local model can fit
/// exactly.</summary>
internal sealed class SumOfWordsModel(double constant, Dictionary<string, double> weights) : Model
{
    public override string LearnerName => "sum-of-words";

    /// <summary>Number of texts that were predicted.</summary>
    public int Predicted { get; private set; }

    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Predicted += data.RowCount;
        return new ClassPredictions(
            [.. data.Text!.Values.ToArray().Select(text =>
                constant + Words.Of(text).Sum(w => weights.GetValueOrDefault(w.Word)))]);
    }

    public override void Write(ModelWriter writer) => throw new NotSupportedException();
}

/// <summary>Scores of classes that are sums over words and pairs of neighbours; and a mark at the end of every text,
/// which has no place in it.</summary>
/// <param name="classes">The classes.</param>
/// <param name="constants">Of each score.</param>
/// <param name="weights">Of each n-gram for each score; "&lt;/s&gt;" is the mark.</param>
/// <param name="means">How often training texts have an n-gram; those that are left out, never.</param>
internal sealed class LinearWordsModel(
    LabelClasses classes,
    double[] constants,
    Dictionary<string, double[]> weights,
    Dictionary<string, double>? means = null)
    : Model, IAdditiveTextModel
{
    public override string LearnerName => "linear-words";

    public LabelClasses Classes => classes;

    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        classes.ToPredictions([.. data.Text!.Values.ToArray().SelectMany(text =>
            Enumerable.Range(0, classes.ScoreCount).Select(score => Score(text, score)))]);

    public LinearContributions Contributions(string? text)
    {
        var ngrams = Ngrams(text);
        double[] expected = [.. constants.Select((c, score) => c + weights.Sum(w => w.Value[score] * Mean(w.Key)))];
        double[] absent = [.. constants.Select((_, score) => -weights
            .Where(w => ngrams.All(n => n.Name != w.Key)).Sum(w => w.Value[score] * Mean(w.Key)))];
        return new LinearContributions(expected, absent, [.. ngrams.Select(ngram =>
        {
            var count = ngrams.Count(n => n.Name == ngram.Name);
            return (ngram.Start, ngram.End, Array.ConvertAll(weights[ngram.Name], w => w * (1 - (Mean(ngram.Name) / count))));
        })]);
    }

    public double Score(string? text, int score) => constants[score] + Ngrams(text).Sum(n => weights[n.Name][score]);

    public override void Write(ModelWriter writer) => throw new NotSupportedException();

    private double Mean(string ngram) => means?.GetValueOrDefault(ngram) ?? 0;

    private List<(string Name, int Start, int End)> Ngrams(string? text)
    {
        var words = Words.Of(text);
        var ngrams = words.Select(w => (Name: w.Word, w.Start, End: w.Start + w.Word.Length)).ToList();
        ngrams.AddRange(ngrams.Zip(ngrams.Skip(1), (a, b) => ($"{a.Name} {b.Name}", a.Start, b.End)).ToArray());
        ngrams.Add(("</s>", 0, 0));
        return [.. ngrams.Where(n => weights.ContainsKey(n.Name))];
    }
}

/// <summary>A neural model in small: the score is half the square of the number of letters, so that each letter's
/// integrated gradient is half that number.</summary>
internal sealed class LettersModel : Model, IGradientTextModel
{
    public override string LearnerName => "letters";

    public LabelClasses Classes => LabelClasses.Binary;

    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new ClassPredictions([.. data.Text!.Values.ToArray().Select(text => LabelClasses.Sigmoid(Score(text!)))]);

    public IntegratedGradients Integrate(string text, int score, int steps, CancellationToken cancellationToken)
    {
        var letters = Enumerable.Range(0, text.Length).Where(i => char.IsLetter(text[i])).ToArray();

        // The gradient at a share a of the way is a times the number of letters; points in the middle of their steps.
        var gradient = Enumerable.Range(0, steps).Average(step => (step + 0.5) / steps) * letters.Length;
        return new IntegratedGradients(
            0, Score(text), [new PieceAttribution(0, 0, 0), .. letters.Select(i => new PieceAttribution(i, i + 1, gradient))]);
    }

    public TextAttention Attention(string text, CancellationToken cancellationToken) => new(
        text, [new AttentionPiece("[CLS]", 0, 0), new AttentionPiece(text, 0, text.Length)], 1, 2, [1, 0, 0.5f, 0.5f, 0, 1, 0.25f, 0.75f]);

    public override void Write(ModelWriter writer) => throw new NotSupportedException();

    private static double Score(string text) => Math.Pow(text.Count(char.IsLetter), 2) / 2;
}
