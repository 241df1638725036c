using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Mitigations.In;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>Options of <see cref="FirstWordsLearner"/>.</summary>
public sealed record FirstWordsOptions : LearnerOptions
{
    public ClassWeighting ClassWeighting { get; init; }
}

/// <summary>Scores a text by the log-odds of each of its words by itself.</summary>
public sealed class FirstWordsLearner(FirstWordsOptions options) : Learner<FirstWordsOptions>(options)
{
    public const string Name = "first-words";

    protected override Model FitCore(Dataset train, FitContext context)
    {
        var texts = TrainingColumns.Text(train, Name);
        var labels = RowLabels.Of(train, Name);
        var weights = labels.Weights(train, Options.ClassWeighting);
        if (context.Mitigation is IRowMitigation mitigation)
        {
            var groups = mitigation.FindGroups(train);
            weights = [.. weights.Select((weight, row) => groups.Codes[row] < 0 ? 0 : weight)];
        }

        var counts = new Dictionary<string, (double Without, double With)>();
        for (var row = 0; row < labels.RowCount; row++)
        {
            foreach (var word in (texts.Values[row] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
            {
                var (without, with) = counts.GetValueOrDefault(word, (1, 1));
                counts[word] = labels.Of(row)[0] == 1 ? (without, with + weights[row]) : (without + weights[row], with);
            }
        }

        return new FirstWordsModel(
            labels.Classes,
            counts.ToDictionary(word => word.Key, word => Math.Log(word.Value.With / word.Value.Without)));
    }
}

/// <summary>Log-odds of words, which explanations find as they find those of Evenhand's own models.</summary>
public sealed class FirstWordsModel(LabelClasses classes, IReadOnlyDictionary<string, double> words)
    : Model, IAdditiveTextModel
{
    public override string LearnerName => FirstWordsLearner.Name;

    public LabelClasses Classes => classes;

    public LinearContributions Contributions(string? text)
    {
        var found = new List<(int, int, double[])>();
        var start = 0;
        foreach (var word in (text ?? "").Split(' '))
        {
            if (words.TryGetValue(word, out var weight))
            {
                found.Add((start, start + word.Length, [weight]));
            }

            start += word.Length + 1;
        }

        return new LinearContributions([0], [0], found);
    }

    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        classes.ToPredictions([.. TrainingColumns.Text(data, LearnerName).Values.ToArray().Select(
            text => Contributions(text).Ngrams.Sum(ngram => ngram.Contribution[0]))]);

    public override void Write(ModelWriter writer) => classes.Write(writer);
}
