using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Predicting;

namespace Evenhand.Experiments.Explanations;

/// <summary>The texts of a user's file that are to be explained.</summary>
public static class ExplanationFile
{
    /// <summary>Reads the texts of a file, as predictions for it would.</summary>
    /// <param name="plan">The study's experiment.</param>
    /// <param name="path">A file with a header and the columns of the experiment's data that make up its text.</param>
    /// <param name="row">The only row to be read, from 1; null for all.</param>
    /// <param name="group">A column by which texts are told apart; null for none.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <param name="form">How the file is written; what is not said is as in the experiment's own files.</param>
    /// <param name="noted">Told what one should know of the file, one sentence each; null: nobody is.</param>
    /// <returns>The texts; with the column as their only group attribute where one is named.</returns>
    /// <exception cref="InputException">The experiment is not about texts; the file cannot be read, is malformed, or
    /// lacks a column or the row.</exception>
    public static Dataset Read(
        ExperimentPlan plan,
        string path,
        int? row,
        string? group,
        CancellationToken cancellationToken,
        InputForm? form = null,
        Action<string>? noted = null)
    {
        CheckTask(plan);
        var data = PredictionFile.Read(
            plan,
            path,
            form ?? new InputForm(),
            foldIn: false,
            noted ?? (_ => { }),
            cancellationToken,
            group);
        if (row is { } number)
        {
            data = number <= data.RowCount
                ? data.Select([number - 1])
                : throw new InputException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}: there is no row {number}; it has {data.RowCount} rows."));
        }

        if (group is null)
        {
            return data;
        }

        // In JSON lines a column that is not there looks like one without values.
        return data.Rows.Find(group) is CategoricalColumn { Vocabulary.Count: > 0 } column
            ? data.WithGroups([new GroupAttribute(group, GroupSide.Row, column)])
            : throw new InputException($"{path}: column '{group}' holds no categories.");
    }

    /// <summary>Refuses experiments that are not about texts.</summary>
    /// <exception cref="InputException">The experiment is not about texts.</exception>
    public static void CheckTask(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Experiment.PredictionTask.Input.IsText)
        {
            throw new InputException(
                $"Explanations are for experiments on text classification; this one is {plan.Experiment.TaskName}.");
        }
    }
}
