using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Exporting;

/// <summary>What a model predicted of one part, as the metrics read it: the figures of the leaderboard can be computed
/// from these tables with other tools.</summary>
internal static class PredictionTables
{
    private const string Probability = "probability";

    /// <summary>The table of the task: ratings, classes, sets of labels, or lists.</summary>
    /// <param name="data">What was measured.</param>
    /// <param name="model">The model.</param>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public static ExportTable Of(
        EvaluationData data, Model model, Dataset part, CancellationToken cancellationToken) => data switch
        {
            RatingEvaluation ratings => new ExportTable(
                ["row", "label", "prediction"],
                Rows(ratings.Count, row => [ratings.Labels[row], ratings.Predictions[row]])),
            ClassificationEvaluation classes => new ExportTable(
                ["row", "label", "prediction", Probability],
                Rows(classes.Count, row => [classes.Labels[row], classes.Decisions[row], classes.Scores![row]])),
            MulticlassEvaluation classes => Multiclass(classes, part),
            MultiLabelEvaluation labels => LabelSets(labels, part),
            RankingEvaluation lists => Lists(lists, (RecommenderModel)model, part, cancellationToken),
            _ => throw new InvalidOperationException($"No table for {data.Kind}."),
        };

    /// <summary>The held-out items that count as relevant: <c>user</c>, <c>item</c>.</summary>
    public static ExportTable Relevant(RankingEvaluation data, Dataset part)
    {
        var (users, items) = (part.UserColumn!.Vocabulary, part.ItemColumn!.Vocabulary);
        return new ExportTable(
            ["user", "item"],
            Enumerable.Range(0, data.Count).SelectMany(i => data.Relevant[i].Select(
                item => (IReadOnlyList<object>)[users[data.Users[i]], items[item]])));
    }

    private static ExportTable Multiclass(MulticlassEvaluation data, Dataset part)
    {
        var classes = ((CategoricalColumn)part.Label!).Vocabulary;
        return new ExportTable(
            ["row", "label", "prediction", .. classes.Values.Select(name => $"{Probability}:{name}")],
            NamedRows(data.Count, row =>
            [
                classes[data.Labels[row]],
                classes[data.Decisions[row]],
                .. Probabilities(data, row),
            ]));
    }

    private static ExportTable LabelSets(MultiLabelEvaluation data, Dataset part)
    {
        var labels = ((CategorySetColumn)part.Label!).Vocabulary;
        return new ExportTable(
            ["row", "label", "prediction", .. labels.Values.Select(name => $"{Probability}:{name}")],
            NamedRows(data.Count, row =>
            [
                Names(data.Labels, row), Names(data.Decisions, row), .. Probabilities(data, row),
            ]));

        string Names(int[] decisions, int row) => string.Join('|', Enumerable.Range(0, data.ClassCount)
            .Where(c => decisions[(row * data.ClassCount) + c] == 1).Select(c => labels[c]));
    }

    // Scores are those of the model before lists are re-ranked; the places are those that were measured.
    private static ExportTable Lists(
        RankingEvaluation data, RecommenderModel model, Dataset part, CancellationToken cancellationToken)
    {
        return new ExportTable(["user", "rank", "item", "score", "relevant"], Places());

        IEnumerable<IReadOnlyList<object>> Places()
        {
            var (users, items) = (part.UserColumn!.Vocabulary, part.ItemColumn!.Vocabulary);
            var (modelUsers, modelItems) = (users.MapTo(model.Users), items.MapTo(model.Items));
            var scores = new double[model.Items.Count];
            for (var i = 0; i < data.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                model.Score(modelUsers[data.Users[i]], scores);
                var relevant = data.Relevant[i].ToHashSet();
                for (var place = 0; place < data.Rankings[i].Length; place++)
                {
                    var item = data.Rankings[i][place];
                    yield return
                    [
                        users[data.Users[i]],
                        (double)(place + 1),
                        items[item],
                        scores[modelItems[item]],
                        relevant.Contains(item) ? 1.0 : 0.0,
                    ];
                }
            }
        }
    }

    private static IEnumerable<object> Probabilities(ClassesEvaluation data, int row) =>
        data.Probabilities!.AsSpan(row * data.ClassCount, data.ClassCount).ToArray().Cast<object>();

    private static IEnumerable<IReadOnlyList<object>> Rows(int count, Func<int, double[]> cells) =>
        NamedRows(count, row => [.. cells(row).Cast<object>()]);

    private static IEnumerable<IReadOnlyList<object>> NamedRows(int count, Func<int, IReadOnlyList<object>> cells) =>
        Enumerable.Range(0, count).Select(row => (IReadOnlyList<object>)[(double)(row + 1), .. cells(row)]);
}
