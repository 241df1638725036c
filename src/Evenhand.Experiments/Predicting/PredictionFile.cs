using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Experiments.Predicting;

/// <summary>Predicts for the rows of a user's file with the model of a trial.</summary>
/// <remarks>
/// Ratings and classes: one output row for each input row, in order; of several classes or labels with the probability
/// of each in a column of its own, such as <c>probability-neutral</c>, and decided labels with <c>|</c> between them.
/// Rankings: the best items of each distinct user of the file; with folding in, an unknown user's lists are made from
/// the items that the file has for the user. Users, items and texts are matched by value; unknown ones fall back to
/// what the model knows without them, and rows that rest on such users or items say so in a column.
/// </remarks>
public static class PredictionFile
{
    private const string ProbabilityColumn = "probability";

    /// <summary>Predicts.</summary>
    /// <param name="plan">The study's experiment.</param>
    /// <param name="model">The model.</param>
    /// <param name="path">A file with a header and the columns of the experiment's data that the task needs.</param>
    /// <param name="listLength">Length of the ranked lists.</param>
    /// <param name="foldIn">Whether the file has the items that each user chose, from which unknown users are served
    /// (rankings).</param>
    /// <param name="seen">Rows whose items are not recommended to their users; null: any item may be.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <param name="form">How the file is written; what is not said is as in the experiment's own files.</param>
    /// <param name="noted">Told what one should know of the file, one sentence each; null: nobody is.</param>
    /// <exception cref="InputException">The file cannot be read, is malformed, or lacks a column; the model cannot take
    /// new users in.</exception>
    public static PredictionTable Predict(
        ExperimentPlan plan,
        Model model,
        string path,
        int listLength,
        bool foldIn,
        Dataset? seen,
        CancellationToken cancellationToken,
        InputForm? form = null,
        Action<string>? noted = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(model);
        var ranks = plan.Experiment.Ranks;
        if (foldIn && !ranks)
        {
            throw new InputException(
                $"Folding users in goes with top-n experiments; this one is {plan.Experiment.TaskName}.");
        }

        var data = Read(plan, path, form ?? new InputForm(), foldIn, noted ?? (_ => { }), cancellationToken);
        if (ranks)
        {
            return Rank((RecommenderModel)model, data, listLength, foldIn, seen, cancellationToken);
        }

        var predictions = model.Predict(data, cancellationToken);
        return predictions switch
        {
            ClassPredictions classes => Classes(data, classes),
            MulticlassPredictions classes => Several(
                classes.Classes,
                classes.Probabilities,
                Array.ConvertAll(classes.Decisions, code => classes.Classes[code])),
            MultiLabelPredictions labels => Several(labels.Labels, labels.Probabilities, Decided(labels)),
            RatingPredictions ratings when model is RecommenderModel recommender => Ratings(recommender, data, ratings),
            RatingPredictions numbers => Numbers(numbers),
            _ => throw new InvalidOperationException($"No table for {predictions.GetType().Name}."),
        };
    }

    /// <summary>Reads the columns that the experiment's task needs, under the names that the experiment's own files
    /// have; and one more as categories, if it is named.</summary>
    /// <param name="plan">The experiment.</param>
    /// <param name="path">The file.</param>
    /// <param name="form">How it is written; what is not said is as in the experiment's own files.</param>
    /// <param name="foldIn">Whether items are needed too.</param>
    /// <param name="noted">Told what one should know of the file, one sentence each.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <param name="group">The other column, or null.</param>
    internal static Dataset Read(
        ExperimentPlan plan,
        string path,
        InputForm form,
        bool foldIn,
        Action<string> noted,
        CancellationToken cancellationToken,
        string? group = null)
    {
        var source = plan.Source.Descriptor;
        var task = plan.Experiment.PredictionTask;
        var roles = task.Input.RolesToPredict(task.Target.IsRanking, foldIn);
        var columns = roles.SelectMany(role => Columns(source, role)).ToList();
        if (group is not null && columns.All(c => c.Name != group))
        {
            columns.Add(new ColumnDescriptor { Name = group, Type = ColumnType.Category });
        }

        var derive = (source?.Derive ?? []).Where(d => d.Side == GroupSide.Row && roles.Contains(d.Role)).ToArray();
        var format = (form with { Like = form.Like ?? source?.Rows.Format })
            .Resolve(InputTable.Existing(path), noted, cancellationToken);
        var descriptor = TableFile.Describe(path, columns, format) with { Derive = derive };
        var data = DatasetLoader.Load(
            descriptor,
            new LoadOptions
            {
                Formats = plan.Registry.All<TableFormatDescriptor>(),
                CancellationToken = cancellationToken,
            },
            out var report);
        foreach (var note in report.Notes)
        {
            noted($"{path}: {note}");
        }

        return data;
    }

    // The columns of a role, or those from which it is derived, under the names that the experiment's own files have.
    private static IEnumerable<ColumnDescriptor> Columns(DatasetDescriptor? source, ColumnRole role)
    {
        if (source is null)
        {
            var name = role.ToString().ToLowerInvariant();
            var type = role == ColumnRole.Text ? ColumnType.Text : ColumnType.Category;
            return [new ColumnDescriptor { Name = name, Type = type, Role = role }];
        }

        var inputs = source.Derive.Where(d => d.Side == GroupSide.Row && d.Role == role)
            .SelectMany(d => d.Join ?? d.Product ?? (d.From is null ? [] : [d.From]));
        return source.Rows.Columns
            .Where(c => c.Role == role || inputs.Contains(c.Name))
            .Select(c => source.Rows.Format.Header ? c : c with { From = null });
    }

    private static PredictionTable Ratings(RecommenderModel model, Dataset data, RatingPredictions predictions)
    {
        var users = Known(data.UserColumn!, model.Users);
        var items = Known(data.ItemColumn!, model.Items);
        return new PredictionTable(
            ["row", "user", "item", "prediction", PredictionTable.UnknownColumn],
            Rows(predictions.Count, row =>
            [
                (double)(row + 1),
                data.UserColumn!.Format(row) ?? "",
                data.ItemColumn!.Format(row) ?? "",
                predictions.Values[row],
                (IsKnown(data.UserColumn, users, row), IsKnown(data.ItemColumn, items, row)) switch
                {
                    (true, true) => "",
                    (false, true) => "user",
                    (true, false) => "item",
                    _ => "user and item",
                },
            ]))
        {
            Users = Count(users),
            Items = Count(items),
        };
    }

    private static PredictionTable Numbers(RatingPredictions predictions) =>
        new(["row", "prediction"], Rows(predictions.Count, row => [(double)(row + 1), predictions.Values[row]]));

    private static int[] Known(CategoricalColumn column, Vocabulary model) => column.Vocabulary.MapTo(model);

    private static bool IsKnown(CategoricalColumn column, int[] known, int row) =>
        column.Codes[row] is var code and >= 0 && known[code] >= 0;

    private static UnknownCount Count(int[] known) => new(known.Count(code => code < 0), known.Length);

    private static PredictionTable Classes(
        Dataset data, ClassPredictions predictions)
    {
        var decisions = predictions.Decisions;
        return new PredictionTable(["row", "prediction", "probability"], Rows(data.RowCount, row =>
            [(double)(row + 1), (double)decisions[row], predictions.Probabilities[row]]));
    }

    private static PredictionTable Several(
        Vocabulary classes, double[] probabilities, string[] decisions) =>
        new(["row", "prediction", .. classes.Values.Select(name => $"{ProbabilityColumn}-{name}")],
            Rows(decisions.Length, row =>
            [
                (double)(row + 1),
                decisions[row],
                .. probabilities.AsSpan(row * classes.Count, classes.Count).ToArray().Cast<object>(),
            ]));

    private static string[] Decided(MultiLabelPredictions predictions)
    {
        var labels = predictions.Labels;
        return [.. predictions.Decisions.Chunk(labels.Count).Select(row => string.Join(
            '|', row.Index().Where(label => label.Item == 1).Select(label => labels[label.Index])))];
    }

    private static PredictionTable Rank(
        RecommenderModel model,
        Dataset data,
        int length,
        bool foldIn,
        Dataset? seen,
        CancellationToken cancellationToken)
    {
        model = seen is null ? model : model.Knowing(seen);
        var vocabulary = data.UserColumn!.Vocabulary;
        var known = Known(data.UserColumn, model.Users);
        var lists = TopN.Recommend(model, known, length, seen, 1, cancellationToken);
        var items = foldIn ? Known(data.ItemColumn!, model.Items) : [];
        var served = foldIn ? FoldIn(model, data, known, items, length, lists, cancellationToken) : [];
        var rows = new List<IReadOnlyList<object>>();
        for (var user = 0; user < lists.Length; user++)
        {
            for (var place = 0; place < lists[user].Length; place++)
            {
                rows.Add(
                [
                    vocabulary[user],
                    (double)(place + 1),
                    model.Items[lists[user][place]],
                    known[user] >= 0 || served.Contains(user) ? "" : "user",
                ]);
            }
        }

        return new PredictionTable(["user", "rank", "item", PredictionTable.UnknownColumn], rows)
        {
            Users = Count(known),
            Items = Count(items),
        };
    }

    // Puts lists made from the file's own choices in the places of users whom the model does not know. Returns those
    // users who chose something that it knows.
    private static HashSet<int> FoldIn(
        RecommenderModel model,
        Dataset data,
        int[] known,
        int[] items,
        int length,
        int[][] lists,
        CancellationToken cancellationToken)
    {
        if (!NewUsers.CanServe(model))
        {
            throw new InputException(
                $"The model of '{model.LearnerName}' cannot take new users in without their ratings or being fitted "
                + "again; models of ease, slim, ials, svd-plus-plus and of neighbours of implicit feedback can.");
        }

        var choices = new SortedSet<int>[known.Length];
        for (var row = 0; row < data.RowCount; row++)
        {
            var (user, item) = (data.UserColumn!.Codes[row], data.ItemColumn!.Codes[row]);
            if (user >= 0 && known[user] < 0)
            {
                choices[user] ??= [];
                if (item >= 0 && items[item] >= 0)
                {
                    choices[user].Add(items[item]);
                }
            }
        }

        int[] users = [.. Enumerable.Range(0, known.Length).Where(user => choices[user] is not null)];
        var folded = NewUsers.Recommend(
            model, [.. users.Select(user => choices[user].ToArray())], length, cancellationToken);
        for (var i = 0; i < users.Length; i++)
        {
            lists[users[i]] = folded[i];
        }

        return [.. users.Where(user => choices[user].Count > 0)];
    }

    private static IReadOnlyList<object>[] Rows(int count, Func<int, IReadOnlyList<object>> row) =>
        [.. Enumerable.Range(0, count).Select(row)];
}
