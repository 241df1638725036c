using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Studies;

/// <summary>What a study keeps beside its trials: models, test figures and the leaderboard page.</summary>
/// <remarks>
/// <code>
/// STORE/studies.db                            every study, the claims on its trials, every finished trial
/// STORE/STUDY/models/NUMBER-ATTEMPT.model     models of the trials that are finalists so far, or are about to finish
/// STORE/STUDY/checkpoints/NUMBER/             state of the fits that are running, or were interrupted
/// STORE/STUDY/test.json                       test figures of the finalists
/// STORE/STUDY/finalists.lock                  locked by the process that measures the finalists
/// STORE/STUDY/leaderboard.html                the leaderboard page
/// </code>
/// Every file is written beside its place and renamed, so that none is ever half written. All that is read back has a
/// checksum.
/// </remarks>
public sealed class StudyFolder
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly TrialModels _models;

    internal StudyFolder(string path)
    {
        Path = path;
        _models = new TrialModels(System.IO.Path.Combine(path, "models"));
    }

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

    private string TestPath => System.IO.Path.Combine(Path, "test.json");

    /// <summary>Keeps the model of an attempt at a trial; it is the trial's once that attempt has finished.</summary>
    /// <exception cref="FileNotWrittenException">It cannot be written.</exception>
    public void SaveModel(int trial, int attempt, Model model) => _models.Save(trial, attempt, model);

    /// <summary>The model of a finished trial, or null where it was not kept.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="registry">Knows the learner.</param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public Model? LoadModel(FinishedTrial trial, Registry registry)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var path = _models.PathOf(trial.Number, trial.Attempt);
        try
        {
            return File.Exists(path) ? ModelFile.Load(path, registry) : null;
        }
        catch (InputException problem)
        {
            throw new InputException(
                $"{problem.Message} A damaged model of a finalist is fitted again when the study is resumed.", problem);
        }
    }

    /// <summary>Drops the models of all trials but those to keep, and what processes that were killed have left of
    /// models. What others are about to finish stays.</summary>
    /// <param name="storage">Where the trials are.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="keep">Numbers of the trials to keep.</param>
    public void SweepModels(StudyStorage storage, string study, IReadOnlySet<int> keep)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(keep);
        _models.Sweep(storage, study, keep);
    }

    /// <summary>Waits until no other process measures the finalists, and keeps others from it until the result is
    /// disposed of, or this process ends.</summary>
    /// <param name="onWaiting">Called when another process does.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InputException">The lock cannot be made.</exception>
    public async Task<IDisposable> LockFinalistsAsync(Action onWaiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onWaiting);
        var path = System.IO.Path.Combine(Path, "finalists.lock");
        WholeFile.CheckTarget(path);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // The file stays: one that is removed may have been opened by somebody who then locks nothing.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (File.Exists(path))
            {
                onWaiting();
                await Task.Delay(LookInterval, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException problem)
            {
                throw new FileNotWrittenException(path, problem);
            }
        }
    }

    /// <summary>Drops what processes that were killed have left: half-written files, and the state of the fits of
    /// trials that have finished since.</summary>
    /// <param name="before">Files written later stay: another process may be at it.</param>
    /// <param name="finished">Numbers of the finished trials.</param>
    public void DropLeftovers(DateTime before, IEnumerable<int> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        foreach (var trial in finished)
        {
            DropCheckpoints(trial);
        }

        // Those of models are known by their claims.
        var unfinished = Directory.EnumerateFiles(
            Path, "*" + WholeFile.UnfinishedSuffix, SearchOption.AllDirectories);
        foreach (var file in unfinished.Where(file => !_models.Holds(file)))
        {
            if (File.GetLastWriteTimeUtc(file) < before)
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Test figures by trial number; empty before the study has ended once.</summary>
    /// <exception cref="InputException">Their file is damaged.</exception>
    public IReadOnlyDictionary<int, EvaluationFigures> ReadTest() => TestFile.Read(TestPath);

    /// <summary>Keeps test figures; what was kept before is replaced as a whole.</summary>
    /// <exception cref="FileNotWrittenException">They cannot be written; what was kept before still is.</exception>
    public void WriteTest(IReadOnlyDictionary<int, EvaluationFigures> figures) => TestFile.Write(TestPath, figures);
}
