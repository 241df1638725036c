using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Experiments.Tests.Foreign;

/// <summary>Options of <see cref="ItemMeansLearner"/>.</summary>
public sealed record ItemMeansOptions : LearnerOptions;

/// <summary>Predicts each item's mean rating, and knows mitigations of ratings.</summary>
public sealed class ItemMeansLearner(ItemMeansOptions options) : Learner<ItemMeansOptions>(options)
{
    public const string Name = "item-means";

    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<ItemMeansOptions>(
        Name,
        "Means of ratings.",
        [TaskKind.RatingPrediction, TaskKind.TopN],
        options => new ItemMeansLearner(options),
        ItemMeansModel.Read);

    public override bool Supports(InMitigation mitigation) => mitigation is RatingMitigation;

    protected override Model FitCore(Dataset train, FitContext context)
    {
        context = context.WithAtMost(1);
        var rows = Interactions.Of(train, Name, needsLabel: true);
        var scale = LabelScale.Of(rows);
        var byItem = EntityIndex.Of(rows.ItemCodes, rows.UserCodes, rows.Items.Count);
        var pulls = new double[rows.Count];
        var factors = Enumerable.Repeat(1.0, rows.Count).ToArray();
        if (context.Mitigation is RatingMitigation mitigation)
        {
            Adjust(mitigation, train, rows, scale, pulls, factors);
        }

        var means = new double[rows.Items.Count];
        for (var item = 0; item < means.Length; item++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var (sum, weights) = (0.0, 0.0);
            foreach (var row in byItem.RowsOf(item))
            {
                var weight = rows.Weight(row) * factors[row];
                sum += weight * (rows.Labels![row] + (scale.Deviation * pulls[row]));
                weights += weight;
            }

            means[item] = weights == 0 ? scale.Mean : scale.Clip(sum / weights);
        }

        return new ItemMeansModel(Options, rows.Users, rows.Items, scale, means);
    }

    private static void Adjust(
        RatingMitigation mitigation,
        Dataset train,
        Interactions rows,
        LabelScale scale,
        double[] pulls,
        double[] factors)
    {
        var group = mitigation.FindGroup(train);
        var cells = new RatingCells(rows.Items.Count, group.Groups.Count);
        int CellOf(int row) => group.Column.Codes[rows.UserCodes[row]] is >= 0 and var code
            ? (rows.ItemCodes[row] * cells.Groups) + code
            : -1;
        for (var row = 0; row < rows.Count; row++)
        {
            if (CellOf(row) is >= 0 and var cell)
            {
                cells.Add(cell, rows.Weight(row), 0, (rows.Labels![row] - scale.Mean) / scale.Deviation);
            }
        }

        var (byCell, byGroup) = (new double[cells.Items * cells.Groups], new double[cells.Groups]);
        mitigation.Start(cells.Items, cells.Groups).Adjust(cells, byCell, byGroup);
        for (var row = 0; row < rows.Count; row++)
        {
            if (CellOf(row) is >= 0 and var cell)
            {
                (pulls[row], factors[row]) = (byCell[cell], byGroup[cell % cells.Groups]);
            }
        }
    }
}

/// <summary>The mean rating of each item.</summary>
public sealed class ItemMeansModel(
    ItemMeansOptions options, Vocabulary users, Vocabulary items, LabelScale scale, double[] means) : RecommenderModel
{
    public override string LearnerName => ItemMeansLearner.Name;

    public override Vocabulary Users => users;

    public override Vocabulary Items => items;

    public override double RatingScale => 1;

    public override void Score(int user, Span<double> scores) => means.CopyTo(scores);

    public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
        new RatingPredictions(PredictRows(
            data, (_, item) => item < 0 ? scale.Mean : means[item], cancellationToken));

    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(options);
        writer.Write("users", users);
        writer.Write("items", items);
        scale.Write(writer);
        writer.Write<double>("means", means);
    }

    public static ItemMeansModel Read(ModelReader reader)
    {
        var items = reader.ReadVocabulary("items");
        return new ItemMeansModel(
            reader.ReadOptions<ItemMeansOptions>(),
            reader.ReadVocabulary("users"),
            items,
            LabelScale.Read(reader),
            reader.ReadArray<double>("means", items.Count));
    }
}
