using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Tables;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Exporting;

/// <summary>Writes what was measured in a study, so that it can be checked with other tools.</summary>
/// <remarks>
/// <code>
/// FOLDER/export.json                      study, data, protocol, and the list of all files
/// FOLDER/split/train.csv                  the rows of each part, with their groups and the source's columns
/// FOLDER/split/validation.csv, test.csv
/// FOLDER/users.csv, items.csv             groups and what the source says of users and items
/// FOLDER/trial-3/figures.json             the trial as it stands in the leaderboard
/// FOLDER/trial-3/validation.csv           predictions, or lists with scores
/// FOLDER/trial-3/validation-relevant.csv  what the lists are measured against (top-n)
/// FOLDER/trial-3/test.csv, ...            the same of the test part; finalists only
/// </code>
/// The test part is for finalists: of other trials nothing is predicted there, and nothing written.
/// </remarks>
public sealed class StudyExport
{
    private readonly ExperimentPlan _plan;
    private readonly ExperimentData _data;
    private readonly Leaderboard _leaderboard;
    private readonly IRunListener _listener;

    /// <summary>An export of a study.</summary>
    /// <param name="plan">The study's experiment.</param>
    /// <param name="data">Its data, split.</param>
    /// <param name="leaderboard">Its leaderboard, with all trials.</param>
    /// <param name="listener">Told of progress.</param>
    public StudyExport(ExperimentPlan plan, ExperimentData data, Leaderboard leaderboard, IRunListener listener)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(leaderboard);
        ArgumentNullException.ThrowIfNull(listener);
        (_plan, _data, _leaderboard, _listener) = (plan, data, leaderboard, listener);
    }

    /// <summary>The numbers of the trials that are exported where none is named: those with test figures.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static IReadOnlyList<int> Finalists(Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        int[] finalists = [.. leaderboard.Trials.Where(t => t.Test is not null).Select(t => t.Number)];
        return finalists.Length > 0 ? finalists : throw new InputException(
            $"No trial of '{leaderboard.Study}' has test figures yet. Name a trial, or end the study with "
            + $"'evenhand resume {leaderboard.Study}'.");
    }

    /// <summary>Says before data is loaded whether the folder can be written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="force">Whether it may hold something already.</param>
    /// <exception cref="InputException">It cannot.</exception>
    public static void CheckTarget(string folder, bool force) => ExportFolder.Check(folder, force);

    /// <summary>Writes the folder; it is there as a whole or not at all.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="force">Whether it may hold something already: an earlier export is replaced, other files
    /// stay.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="modelOf">The model of a trial.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The folder is a file, is not empty, or cannot be written.</exception>
    public void Write(
        string folder,
        bool force,
        IReadOnlyList<FinishedTrial> trials,
        Func<FinishedTrial, Model> modelOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(modelOf);
        ExportFolder.Write(folder, force, path =>
        {
            WriteData(path, cancellationToken);
            foreach (var trial in trials)
            {
                _listener.PhaseBegun(string.Create(CultureInfo.InvariantCulture, $"exporting trial {trial.Number}"));
                WriteTrial(path, trial, modelOf(trial), cancellationToken);
            }

            WriteManifest(path, trials);
        });
    }

    private void WriteData(string folder, CancellationToken cancellationToken)
    {
        _listener.PhaseBegun("exporting the split");
        var split = _data.Split;
        (string Name, Dataset Part)[] parts =
            [("train", split.Train), ("validation", split.Validation), ("test", split.Test)];
        foreach (var (name, part) in parts)
        {
            WriteTable(Path.Combine(folder, "split", $"{name}.csv"), PartTables.Rows(part), cancellationToken);
        }

        if (PartTables.Users(split.Train) is { } users)
        {
            WriteTable(Path.Combine(folder, "users.csv"), users, cancellationToken);
        }

        if (PartTables.Items(split.Train) is { } items)
        {
            WriteTable(Path.Combine(folder, "items.csv"), items, cancellationToken);
        }
    }

    private void WriteTrial(string folder, FinishedTrial trial, Model model, CancellationToken cancellationToken)
    {
        using var native = model as IDisposable;
        var row = _leaderboard.Trials.First(t => t.Number == trial.Number);
        var own = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"trial-{trial.Number}"));
        var split = _data.Split;
        WritePart("validation", split.Validation, [split.Train]);
        if (row.Test is not null)
        {
            WritePart("test", split.Test, [split.Train, split.Validation]);
        }

        WriteJson(Path.Combine(own, "figures.json"), json => LeaderboardJson.Write(json, _leaderboard, row));

        void WritePart(string name, Dataset part, IReadOnlyList<Dataset> seen)
        {
            var data = new Evaluator(_plan.Evaluation).Predict(model, part, seen, cancellationToken);
            WriteTable(
                Path.Combine(own, $"{name}.csv"),
                PredictionTables.Of(data, model, part, cancellationToken),
                cancellationToken);
            if (data is RankingEvaluation lists)
            {
                WriteTable(
                    Path.Combine(own, $"{name}-relevant.csv"),
                    PredictionTables.Relevant(lists, part),
                    cancellationToken);
            }
        }
    }

    private void WriteManifest(string folder, IReadOnlyList<FinishedTrial> trials)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];
        WriteJson(Path.Combine(folder, ExportFolder.Manifest), json =>
        {
            json.WriteStartObject();
            json.WriteString("study", _leaderboard.Study);
            json.WriteString("experiment", _leaderboard.Experiment);
            json.WriteString("task", _leaderboard.Task);
            json.WriteString("data", _leaderboard.Dataset.Name);
            json.WriteString("sha256", _leaderboard.Dataset.Sha256);
            json.WriteString("objective", _leaderboard.Objective.Text);
            json.WriteStartObject("protocol");
            foreach (var (name, value) in _leaderboard.Protocol)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("trials");
            foreach (var trial in trials)
            {
                json.WriteNumberValue(trial.Number);
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteTable(string path, ExportTable table, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        CsvText.Write(writer, table.Heading, table.Rows.Select(row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return row;
        }));
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        write(json);
    }
}
