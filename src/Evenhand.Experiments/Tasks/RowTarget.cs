using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>A target of each row, held against the label of the row.</summary>
internal abstract class RowTarget : TaskTarget
{
    /// <inheritdoc/>
    public sealed override (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Measure(
        MeasurementSettings settings,
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        CancellationToken cancellationToken)
    {
        var data = Measure(model, part, cancellationToken);
        var units = settings.ResampleUsers ? part.UserColumn?.Codes.ToArray() : null;
        return (units is null ? data : data with { Units = units }, RowGroups(part));
    }

    /// <summary>Predictions and labels of all rows.</summary>
    protected abstract EvaluationData Measure(Model model, Dataset part, CancellationToken cancellationToken);

    /// <summary>Weights of the rows; null where all weigh 1.</summary>
    protected static double[]? Weights(Dataset part) => part.Weight?.Values.ToArray();

    /// <summary>The label of each row.</summary>
    /// <exception cref="InputException">There is none, or one is missing.</exception>
    public static double[] Labels(Dataset part) => part.Label is NumericColumn { MissingCount: 0 } label
        ? label.Values.ToArray()
        : throw NoLabel(part, "of numbers");

    protected static InputException NoLabel(Dataset part, string what) =>
        new($"The data set '{part.Name}' needs a label {what} without missing values.");

    // The data's classes, then those that only the model knows; and the place of each of the model's.
    protected static (Vocabulary Classes, int[] Places) Join(Vocabulary data, Vocabulary model)
    {
        var all = ReferenceEquals(data, model) ? data : new Vocabulary(data.Values.Union(model.Values));
        return (all, model.MapTo(all));
    }

    // A class that the model does not know is never decided, and has probability 0.
    protected static T[] Spread<T>(T[] values, int[] places, int count)
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
