using System.Globalization;
using System.Text.Json;
using Evenhand.Data;
using Evenhand.Learning;

namespace Evenhand.Experiments;

/// <summary>What a study keeps beside its trials: models, test figures and the leaderboard page.</summary>
/// <remarks>
/// <code>
/// STORE/studies.db                    every study and finished trial
/// STORE/STUDY/models/NUMBER.model     models of the trials that are finalists so far
/// STORE/STUDY/checkpoints/NUMBER/     state of the fits that are running, or were interrupted
/// STORE/STUDY/test.json               test figures of the finalists
/// STORE/STUDY/leaderboard.html        the leaderboard page
/// </code>
/// Every file is written beside its place and renamed, so that none is ever half written.
/// </remarks>
public sealed class StudyFolder
{
    internal StudyFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the leaderboard page is.</summary>
    public string LeaderboardPage => System.IO.Path.Combine(Path, "leaderboard.html");

    /// <summary>Where the fit of a trial keeps its state; a trial that was interrupted goes on from there.</summary>
    public string Checkpoints(int trial) =>
        System.IO.Path.Combine(Path, "checkpoints", trial.ToString(CultureInfo.InvariantCulture));

    /// <summary>Drops the state of a trial's fit; nothing happens where there is none.</summary>
    public void DropCheckpoints(int trial)
    {
        if (Directory.Exists(Checkpoints(trial)))
        {
            Directory.Delete(Checkpoints(trial), recursive: true);
        }
    }

    private string Models => System.IO.Path.Combine(Path, "models");

    private string TestFile => System.IO.Path.Combine(Path, "test.json");

    /// <summary>Keeps the model of a trial.</summary>
    public void SaveModel(int trial, Model model)
    {
        Directory.CreateDirectory(Models);
        ModelFile.Save(model, ModelPath(trial));
    }

    /// <summary>The model of a trial, or null where it was not kept.</summary>
    public Model? LoadModel(int trial) => File.Exists(ModelPath(trial)) ? ModelFile.Load(ModelPath(trial)) : null;

    /// <summary>Drops the models of the trials for which <paramref name="drop"/> holds.</summary>
    public void DropModels(Predicate<int> drop)
    {
        ArgumentNullException.ThrowIfNull(drop);
        if (!Directory.Exists(Models))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Models, "*.model"))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var trial) && drop(trial))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Drops the half-written files of processes that were killed.</summary>
    /// <param name="before">Files written later stay: another process may be at it.</param>
    public void DropHalfWritten(DateTime before)
    {
        var unfinished = Directory.EnumerateFiles(
            Path, "*" + WholeFile.UnfinishedSuffix, SearchOption.AllDirectories);
        foreach (var file in unfinished)
        {
            if (File.GetLastWriteTimeUtc(file) < before)
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Test figures by trial number; empty before the study has ended once.</summary>
    public IReadOnlyDictionary<int, EvaluationFigures> ReadTest()
    {
        var figures = new SortedDictionary<int, EvaluationFigures>();
        if (!File.Exists(TestFile))
        {
            return figures;
        }

        var json = new Utf8JsonReader(File.ReadAllBytes(TestFile));
        json.Read();
        while (FiguresJson.NextProperty(ref json) is { } trial)
        {
            figures[int.Parse(trial, CultureInfo.InvariantCulture)] = EvaluationJson.Read(ref json);
        }

        return figures;
    }

    /// <summary>Keeps test figures; what was kept before is replaced as a whole.</summary>
    public void WriteTest(IReadOnlyDictionary<int, EvaluationFigures> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (trial, evaluation) in figures.OrderBy(f => f.Key))
            {
                json.WritePropertyName(trial.ToString(CultureInfo.InvariantCulture));
                EvaluationJson.Write(json, evaluation);
            }

            json.WriteEndObject();
        }

        Directory.CreateDirectory(Path);
        WholeFile.Write(TestFile, buffer.WriteTo);
    }

    private string ModelPath(int trial) =>
        System.IO.Path.Combine(Models, trial.ToString(CultureInfo.InvariantCulture) + ".model");
}
