using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Identity;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Predicts texts anew with their identity terms swapped, and compares.</summary>
internal static class CounterfactualInput
{
    /// <summary>The same predictions with what becomes of them where the terms of each attribute are swapped.</summary>
    /// <param name="data">The predictions of the part's rows.</param>
    /// <param name="model">The model that made them.</param>
    /// <param name="part">The part.</param>
    /// <param name="attributes">Names of attributes of identity terms; where there are none, nothing is done.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public static EvaluationData AddTo(
        EvaluationData data,
        Model model,
        Dataset part,
        IReadOnlyList<string> attributes,
        CancellationToken cancellationToken)
    {
        if (attributes.Count == 0 || data is not ClassificationEvaluation { Scores: { } scores } classes)
        {
            return data;
        }

        // All counterfactuals of all attributes are predicted at once.
        var (rows, texts, ends) = (new List<int>(), new List<string?>(), new List<int>());
        foreach (var attribute in attributes)
        {
            var lexicon = part.FindGroup(attribute)!.Terms!.Lexicon;
            for (var row = 0; row < part.RowCount; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var text in lexicon.Counterfactuals(part.Text!.Values[row]))
                {
                    rows.Add(row);
                    texts.Add(text);
                }
            }

            ends.Add(rows.Count);
        }

        var predicted = Predict(model, part, rows, texts, cancellationToken);
        var decisions = predicted.Decisions;
        var start = 0;
        var changes = new List<CounterfactualChanges>();
        foreach (var (attribute, end) in attributes.Zip(ends))
        {
            var (flips, moves, counts) = (new double[data.Count], new double[data.Count], new int[data.Count]);
            for (; start < end; start++)
            {
                var row = rows[start];
                flips[row] += decisions[start] == classes.Decisions[row] ? 0 : 1;
                moves[row] += Math.Abs(predicted.Probabilities[start] - scores[row]);
                counts[row]++;
            }

            // 0 / 0: no counterfactual.
            for (var row = 0; row < counts.Length; row++)
            {
                flips[row] /= counts[row];
                moves[row] /= counts[row];
            }

            changes.Add(new CounterfactualChanges(attribute, flips, moves));
        }

        return classes with { Counterfactuals = changes };
    }

    private static ClassPredictions Predict(
        Model model, Dataset part, List<int> rows, List<string?> texts, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return new ClassPredictions([]);
        }

        var chosen = part.Select([.. rows]);
        var swapped = new TextColumn(chosen.Text!.Name, texts.ToArray(), chosen.Text.Roles);
        return model.Predict(chosen.WithRows(chosen.Rows.With(swapped)), cancellationToken) as ClassPredictions
            ?? throw RowTarget.DoesNotFit(model, "classes");
    }
}
