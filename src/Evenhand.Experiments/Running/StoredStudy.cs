using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Experiments.Extensions;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>A study of a store, made ready to be used again: resumed, predicted with, explained, exported.</summary>
public sealed class StoredStudy
{
    private readonly StudyLibrary _library;

    private StoredStudy(StudyLibrary library, StudyRecord record, StudyDefinition definition, ExperimentPlan plan)
    {
        (_library, Record, Definition, Plan) = (library, record, definition, plan);
        Artifacts = library.Artifacts(record);
    }

    /// <summary>The study.</summary>
    public StudyRecord Record { get; }

    /// <summary>What it was made from.</summary>
    public StudyDefinition Definition { get; }

    /// <summary>Its experiment.</summary>
    public ExperimentPlan Plan { get; }

    /// <summary>What it keeps beside its trials.</summary>
    public StudyArtifacts Artifacts { get; }

    /// <summary>Makes a study ready. Assemblies that it names are loaded if they are those that it was made with, or
    /// allowed.</summary>
    /// <param name="library">Where it is.</param>
    /// <param name="name">Its name, as for <see cref="StudyLibrary.Find"/>.</param>
    /// <param name="extensions">Paths of assemblies that are used though they have changed; null for none.</param>
    /// <param name="overrides">Values put in the place of the file's, such as a larger budget; null for none.</param>
    /// <exception cref="InputException">There is no such study, or an assembly is missing or another one.</exception>
    public static StoredStudy Open(
        StudyLibrary library,
        string name,
        IReadOnlyList<string>? extensions = null,
        IReadOnlyList<KeyValuePair<string, string>>? overrides = null)
    {
        ArgumentNullException.ThrowIfNull(library);
        var record = library.Find(name);
        var definition = StudyDefinition.FromJson(record.Definition);
        var plan = ExperimentPlan.Of(
            definition, library.Registry, overrides, ExtensionSource.Recorded(definition.Extensions, extensions));
        return new StoredStudy(library, record, definition, plan);
    }

    /// <summary>A trial that has a model.</summary>
    /// <param name="number">Number of the trial.</param>
    /// <exception cref="InputException">There is no such trial, or it failed or was pruned.</exception>
    public FinishedTrial FindTrial(int number)
    {
        var finished = _library.Storage.ReadTrial(Record.Name, number)
            ?? throw NoTrial(Record.Name, number, _library.Storage.CountTrials(Record.Name));
        return finished.State switch
        {
            TrialState.Failed => throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"Trial {number} failed and has no model: {finished.Error}")),
            TrialState.Pruned => throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"Trial {number} was pruned after step {finished.Reports[^1].Step} and has no model.")),
            _ => finished,
        };
    }

    /// <summary>Says that a study has no trial of a number.</summary>
    public static InputException NoTrial(string study, int number, int finished) => new(string.Create(
        CultureInfo.InvariantCulture, $"Study '{study}' has no trial {number}; it has {finished} finished trials."));

    /// <summary>Loads the data, which must be that of the study.</summary>
    /// <param name="dataRoot">The folder of the data sets, or null for the usual ones.</param>
    /// <param name="listener">Told of progress.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">It cannot be read, or has changed.</exception>
    public ExperimentData LoadData(string? dataRoot, IRunListener listener, CancellationToken cancellationToken)
    {
        var data = ExperimentData.Load(Plan, dataRoot, listener, cancellationToken);
        data.CheckSame(Definition.Dataset);
        return data;
    }

    /// <summary>The model of a trial where the study has kept it; else null.</summary>
    /// <param name="trial">The trial.</param>
    /// <exception cref="InputException">It was kept, and is damaged.</exception>
    public Model? KeptModel(FinishedTrial trial) => Artifacts.LoadModel(trial, Plan.Registry);

    /// <summary>The model of a trial that was no finalist, fitted again: such models are not kept, and the same seed
    /// fits the same model.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="data">The study's data.</param>
    /// <param name="listener">Told of it.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public Model FitAgain(
        FinishedTrial trial, ExperimentData data, IRunListener listener, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(listener);
        listener.Noted(string.Create(
            CultureInfo.InvariantCulture, $"trial {trial.Number} was no finalist; fitting its model again"));
        return ModelOf(trial, data, listener, cancellationToken);
    }

    /// <summary>The model of a trial: as it was kept, else fitted again with the same seed.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="data">The study's data.</param>
    /// <param name="listener">Told of progress.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">It was kept, and is damaged.</exception>
    public Model ModelOf(
        FinishedTrial trial, ExperimentData data, IRunListener listener, CancellationToken cancellationToken) =>
        new TrialFits(Plan, data, Artifacts, listener).KeptOrFitted(trial, cancellationToken);

    /// <summary>Continues the study to the end of its budget.</summary>
    /// <param name="data">The study's data.</param>
    /// <param name="listener">Told of progress.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public Task<Evenhand.Experiments.Leaderboards.Leaderboard> ResumeAsync(
        ExperimentData data, IRunListener listener, CancellationToken cancellationToken) =>
        new ExperimentRunner(Plan, data, listener).RunAsync(_library, Record, cancellationToken);
}
