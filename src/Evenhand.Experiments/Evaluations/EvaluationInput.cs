using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Evaluations;

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

    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Multiclass(
        Model model, Dataset part, bool resampleUsers, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as MulticlassPredictions
            ?? throw DoesNotFit(model, "one class of several");
        var label = part.Label is CategoricalColumn { MissingCount: 0 } column
            ? column
            : throw NoLabel(part, "of classes");
        var (classes, places) = Join(label.Vocabulary, predictions.Classes);
        var data = new MulticlassEvaluation(
            classes.Count,
            label.Codes.ToArray(),
            Array.ConvertAll(predictions.Decisions, decision => places[decision]))
        {
            Probabilities = Spread(predictions.Probabilities, places, classes.Count),
            Weights = part.Weight?.Values.ToArray(),
            Units = resampleUsers ? part.UserColumn?.Codes.ToArray() : null,
        };
        return (data, RowGroups(part));
    }

    public static (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) LabelSets(
        Model model, Dataset part, bool resampleUsers, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as MultiLabelPredictions
            ?? throw DoesNotFit(model, "sets of labels");
        var label = part.Label is CategorySetColumn { MissingCount: 0 } column
            ? column
            : throw NoLabel(part, "of sets of categories");
        var (classes, places) = Join(label.Vocabulary, predictions.Labels);
        var labels = new int[label.Length * classes.Count];
        for (var row = 0; row < label.Length; row++)
        {
            foreach (var code in label.Codes(row))
            {
                labels[(row * classes.Count) + code] = 1;
            }
        }

        var data = new MultiLabelEvaluation(
            classes.Count, labels, Spread(predictions.Decisions, places, classes.Count))
        {
            Probabilities = Spread(predictions.Probabilities, places, classes.Count),
            Weights = part.Weight?.Values.ToArray(),
            Units = resampleUsers ? part.UserColumn?.Codes.ToArray() : null,
        };
        return (data, RowGroups(part));
    }

    /// <summary>The label of each row.</summary>
    /// <exception cref="InputException">There is none, or one is missing.</exception>
    public static double[] Labels(Dataset part) => part.Label is NumericColumn { MissingCount: 0 } label
        ? label.Values.ToArray()
        : throw NoLabel(part, "of numbers");

    private static InputException NoLabel(Dataset part, string what) =>
        new($"The data set '{part.Name}' needs a label {what} without missing values.");

    // The data's classes, then those that only the model knows; and the place of each of the model's.
    private static (Vocabulary Classes, int[] Places) Join(Vocabulary data, Vocabulary model)
    {
        var all = ReferenceEquals(data, model) ? data : new Vocabulary(data.Values.Union(model.Values));
        return (all, model.MapTo(all));
    }

    // A class that the model does not know is never decided, and has probability 0.
    private static T[] Spread<T>(T[] values, int[] places, int count)
    {
        if (places.Length == count && places.Index().All(place => place.Index == place.Item))
        {
            return values;
        }

        var spread = new T[values.Length / places.Length * count];
        for (var i = 0; i < values.Length; i++)
        {
            spread[(i / places.Length * count) + places[i % places.Length]] = values[i];
        }

        return spread;
    }

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
