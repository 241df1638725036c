using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Metrics;

namespace Evenhand.Experiments;

/// <summary>Brings a model's predictions and the held-out labels into the form that metrics read.</summary>
internal static class EvaluationInput
{
    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Ratings(
        Model model, Dataset part, bool resampleUsers, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as RatingPredictions
            ?? throw DoesNotFit(model, "ratings");
        var data = new RatingEvaluation(Labels(part), predictions.Values)
        {
            Weights = part.Weight?.Values.ToArray(),
            Items = part.ItemColumn?.Codes.ToArray(),
            Units = resampleUsers ? part.UserColumn?.Codes.ToArray() : null,
        };
        return (data, RowGroups(part));
    }

    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Classes(
        Model model, Dataset part, bool resampleUsers, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as ClassPredictions
            ?? throw DoesNotFit(model, "classes");
        var labels = Array.ConvertAll(Labels(part), label => (int)label);
        var data = new ClassificationEvaluation(labels, predictions.Decisions)
        {
            Scores = predictions.Probabilities,
            Weights = part.Weight?.Values.ToArray(),
            Units = resampleUsers ? part.UserColumn?.Codes.ToArray() : null,
        };
        return (data, RowGroups(part));
    }

    /// <summary>One row a user who has at least one relevant held-out item; the whole catalogue ranked, seen items
    /// masked.</summary>
    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Rankings(
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        int length,
        double? relevanceThreshold,
        int threads,
        CancellationToken cancellationToken)
    {
        var recommender = model as RecommenderModel ?? throw DoesNotFit(model, "rankings");
        var relevant = RelevantItems(part, relevanceThreshold);
        var users = relevant.Keys.Order().ToArray();

        var modelUser = part.UserColumn!.Vocabulary.MapTo(recommender.Users);
        var modelItem = part.ItemColumn!.Vocabulary.MapTo(recommender.Items);
        var rankings = TopN.Recommend(
            recommender,
            Array.ConvertAll(users, user => modelUser[user]),
            length,
            Interactions.Join(seen),
            threads,
            cancellationToken);

        // An item that the model never saw gets a code behind its catalogue, so that missing it counts against the
        // model.
        var catalogue = recommender.Items.Count;
        var relevantCodes = Array.ConvertAll(
            users, user => relevant[user].Select(i => modelItem[i] >= 0 ? modelItem[i] : catalogue + i).ToArray());
        var groups = part.Groups.Where(g => g.Side == GroupSide.User).Select(group =>
        {
            var codes = group.Column.Codes;
            var userCodes = new int[users.Length];
            for (var i = 0; i < users.Length; i++)
            {
                userCodes[i] = codes[users[i]];
            }

            return new GroupCodes(group.Name, userCodes, group.Groups);
        });
        return (new RankingEvaluation(users, rankings, relevantCodes), [.. groups]);
    }

    private static SortedDictionary<int, List<int>> RelevantItems(Dataset part, double? threshold)
    {
        var users = part.UserColumn!.Codes;
        var items = part.ItemColumn!.Codes;
        var labels = threshold is null ? [] : Labels(part);
        var relevant = new SortedDictionary<int, List<int>>();
        for (var row = 0; row < users.Length; row++)
        {
            if (users[row] < 0 || items[row] < 0 || (threshold is { } least && labels[row] < least))
            {
                continue;
            }

            if (!relevant.TryGetValue(users[row], out var list))
            {
                relevant.Add(users[row], list = []);
            }

            if (!list.Contains(items[row]))
            {
                list.Add(items[row]);
            }
        }

        return relevant;
    }

    private static double[] Labels(Dataset part) => part.Label is NumericColumn { MissingCount: 0 } label
        ? label.Values.ToArray()
        : throw new InputException($"The data set '{part.Name}' needs a numeric label without missing values.");

    private static GroupCodes[] RowGroups(Dataset part) =>
        [.. part.Groups.Select(g => new GroupCodes(g.Name, part.GroupCodes(g), g.Groups))];

    private static InputException DoesNotFit(Model model, string what) =>
        new($"The learner '{model.LearnerName}' does not predict {what}.");
}
