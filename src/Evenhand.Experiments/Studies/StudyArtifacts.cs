using System.Globalization;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Learning;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Studies;

/// <summary>What a study keeps beside its trials: models, test figures and the leaderboard page.</summary>
/// <remarks>
/// <code>
/// STUDY/models/NUMBER-ATTEMPT.model     models of the trials that are finalists so far, or are about to finish
/// STUDY/checkpoints/NUMBER/             state of the fits that are running, or were interrupted (a scratch folder)
/// STUDY/test.json                       test figures of the finalists
/// STUDY/finalists.lock                  locked by the process that measures the finalists
/// STUDY/leaderboard.html                the leaderboard page
/// </code>
/// No artifact is ever half written. All that is read back has a checksum.
/// </remarks>
public sealed class StudyArtifacts
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly IArtifactStore _store;
    private readonly string _study;
    private readonly TrialModels _models;

    /// <param name="store">Keeps the artifacts.</param>
    /// <param name="study">Name of the study, with which the names of its artifacts begin.</param>
    internal StudyArtifacts(IArtifactStore store, string study)
    {
        _store = store;
        _study = study;
        _models = new TrialModels(store, $"{study}/models");
    }

    /// <summary>Where the leaderboard page is, for messages: a path, if it is a file.</summary>
    public string LeaderboardPage => _store.Locate(PageName);

    private string PageName => $"{_study}/leaderboard.html";

    private string TestName => $"{_study}/test.json";

    /// <summary>The folder in which the fit of a trial keeps its state; a trial that was interrupted goes on from
    /// there.</summary>
    /// <param name="trial">Number of the trial.</param>
    public string Checkpoints(int trial) =>
        _store.ScratchFolder(string.Create(CultureInfo.InvariantCulture, $"{_study}/checkpoints/{trial}"));

    /// <summary>Drops the state of a trial's fit; nothing happens where there is none.</summary>
    /// <param name="trial">Number of the trial.</param>
    public void DropCheckpoints(int trial)
    {
        var folder = Checkpoints(trial);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Keeps the model of an attempt at a trial; it is the trial's once that attempt has finished.</summary>
    /// <param name="trial">Number of the trial.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InputException">It must not be written.</exception>
    /// <exception cref="FileNotWrittenException">It cannot be written.</exception>
    public void SaveModel(int trial, int attempt, Model model) => _models.Save(trial, attempt, model);

    /// <summary>The model of a finished trial, or null where it was not kept.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="registry">Knows the learner.</param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public Model? LoadModel(FinishedTrial trial, Registry registry)
    {
        ArgumentNullException.ThrowIfNull(trial);
        try
        {
            return _models.Load(trial.Number, trial.Attempt, registry);
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
    /// <param name="keep">Numbers of the trials to keep.</param>
    public void SweepModels(StudyStorage storage, IReadOnlySet<int> keep)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(keep);
        _models.Sweep(storage, _study, keep);
    }

    /// <summary>Waits until no other process measures the finalists, and keeps others from it until the result is
    /// disposed of, or this process ends.</summary>
    /// <param name="onWaiting">Called when another process does.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FileNotWrittenException">The lock cannot be made.</exception>
    public async Task<IDisposable> LockFinalistsAsync(Action onWaiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onWaiting);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_store.TryLock($"{_study}/finalists.lock") is { } held)
            {
                return held;
            }

            onWaiting();
            await Task.Delay(LookInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Drops what processes that were killed have left: artifacts that are not whole, and the state of the
    /// fits of trials that have finished since.</summary>
    /// <param name="before">What was written to later stays: another process may be at it (UTC).</param>
    /// <param name="finished">Numbers of the finished trials.</param>
    public void DropLeftovers(DateTime before, IEnumerable<int> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        foreach (var trial in finished)
        {
            DropCheckpoints(trial);
        }

        // Those of models are known by their claims.
        foreach (var left in _store.ListUnfinished(_study))
        {
            if (left.Written < before && !_models.Holds(left.Name))
            {
                _store.Delete(left.Part);
            }
        }
    }

    /// <summary>Test figures by trial number; empty before the study has ended once.</summary>
    /// <exception cref="InputException">They are damaged, or cannot be read.</exception>
    public IReadOnlyDictionary<int, EvaluationFigures> ReadTest() => TestFigures.Read(_store, TestName);

    /// <summary>Keeps test figures; what was kept before is replaced as a whole.</summary>
    /// <param name="figures">The figures by trial number.</param>
    /// <exception cref="FileNotWrittenException">They cannot be written; what was kept before still is.</exception>
    public void WriteTest(IReadOnlyDictionary<int, EvaluationFigures> figures) =>
        TestFigures.Write(_store, TestName, figures);

    /// <summary>Keeps the leaderboard page in the place of the last one.</summary>
    /// <param name="write">Writes the page.</param>
    /// <exception cref="FileNotWrittenException">It cannot be written; the last one stays.</exception>
    public void WriteLeaderboardPage(Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var page = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(page);
        _store.Write(PageName, stream => stream.Write(Encoding.UTF8.GetBytes(page.ToString())));
    }
}
