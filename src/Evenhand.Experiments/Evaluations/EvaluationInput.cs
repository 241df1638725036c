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

    /// <summary>The label of each row.</summary>
    /// <exception cref="InputException">There is none, or one is missing.</exception>
    public static double[] Labels(Dataset part) => part.Label is NumericColumn { MissingCount: 0 } label
        ? label.Values.ToArray()
        : throw new InputException($"The data set '{part.Name}' needs a numeric label without missing values.");

    private static GroupCodes[] RowGroups(Dataset part) =>
        [.. part.Groups.Select(g => Codes(g, part.GroupCodes(g)))];

    /// <summary>An attribute as metrics read it; of identity terms with the groups that a text mentions.</summary>
    public static GroupCodes Codes(GroupAttribute group, int[] codes) =>
        new(group.Name, codes, group.Terms?.Lexicon.Groups ?? group.Groups)
        {
            GroupsOfCode = group.Terms?.GroupsOfCode,
        };

    public static InputException DoesNotFit(Model model, string what) =>
        new($"The learner '{model.LearnerName}' does not predict {what}.");
}
