using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Pruners;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Studies;

/// <summary>A search: asks a sampler for trials, takes their outcomes, keeps the finished ones in a storage.</summary>
/// <remarks>
/// All members may be called from several threads at once, and several studies may be open on the same record, in other
/// processes too: they share the work. A trial is claimed before it is handed out, and durable before the next one is
/// proposed. Trials are numbered from 0; a number that was handed out and never told, because the process ended or the
/// trial was abandoned, is handed out again before any new one, with the same parameters. A proposal depends on the
/// finished trials and on its number alone (and, with several jobs or processes, on the running trials), and whether a
/// trial is pruned on its reports and the finished trials: with one job a resumed study equals an uninterrupted one.
/// No set of parameters is tried twice, whatever came of it: where the sampler proposes one that is finished or
/// running, it is asked anew, a bounded number of times, and then the first set of the space that is new is taken.
/// Where there is none, the space is spent and the study ends.
/// </remarks>
public sealed class Study
{
    // How often the sampler is asked for a set that is new.
    private const int MostProposals = 20;

    private readonly Lock _lock = new();
    private readonly Sampler _sampler;
    private readonly Pruner? _pruner;
    private readonly StudyStorage _storage;
    private readonly Func<int, Random> _randomForTrial;
    private readonly TimeProvider _time;
    private readonly SortedList<int, FinishedTrial> _finished = [];
    private readonly SortedList<int, Trial> _running = [];
    private FinishedTrial[]? _snapshot;

    // All smaller numbers are finished.
    private int _firstUnfinished;

    /// <summary>Opens the study of the record's name in the storage and reads its trials, or creates it.</summary>
    /// <param name="record">Name and definition.</param>
    /// <param name="space">Where to search.</param>
    /// <param name="objective">What makes a trial better than another.</param>
    /// <param name="sampler">What proposes.</param>
    /// <param name="storage">Where finished trials are kept; stays the caller's to dispose of.</param>
    /// <param name="randomForTrial">The random numbers for the proposal of a trial: a new generator at each call, the
    /// same sequence for the same number.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="pruner">What ends trials early; none when null.</param>
    /// <exception cref="StorageException">The storage holds a study of this name with another definition, or trials
    /// that are not of the space; or it fails.</exception>
    public Study(
        StudyRecord record,
        SearchSpace space,
        Objective objective,
        Sampler sampler,
        StudyStorage storage,
        Func<int, Random> randomForTrial,
        TimeProvider? time = null,
        Pruner? pruner = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(randomForTrial);
        (Space, Objective, _sampler, _storage, _randomForTrial) = (space, objective, sampler, storage, randomForTrial);
        _time = time ?? TimeProvider.System;
        _pruner = pruner;
        Record = OpenOrCreate(record);
        foreach (var trial in storage.ReadTrials(Record.Name))
        {
            Add(trial);
        }
    }

    /// <summary>The study as stored.</summary>
    public StudyRecord Record { get; }

    /// <summary>Where to search.</summary>
    public SearchSpace Space { get; }

    /// <summary>What makes a trial better than another.</summary>
    public Objective Objective { get; }

    /// <summary>The finished trials in the order of their numbers, those of others as of the last proposal, the end of
    /// a run or <see cref="Refresh"/>: a state that does not change.</summary>
    public IReadOnlyList<FinishedTrial> Trials
    {
        get
        {
            lock (_lock)
            {
                return Snapshot();
            }
        }
    }

    /// <summary>Proposes a trial and claims it. It must be told or abandoned.</summary>
    /// <exception cref="InvalidOperationException">Every set of the space is finished or running.</exception>
    /// <exception cref="StorageException">The storage fails.</exception>
    public Trial Ask() => AskWithin(null, out _) ?? throw new InvalidOperationException(
        $"The search space of the study '{Record.Name}' is spent: every set of it has been tried.");

    /// <summary>Takes in what others have finished.</summary>
    /// <exception cref="StorageException">The storage fails.</exception>
    public void Refresh()
    {
        lock (_lock)
        {
            ReadState(out _);
        }
    }

    /// <summary>Takes the outcome of a trial and stores it; it is durable on return.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <param name="outcome">What came out.</param>
    /// <returns>The finished trial.</returns>
    /// <exception cref="ArgumentException">The outcome lacks a measure that the objective reads, or a pruned trial has
    /// reported nothing.</exception>
    /// <exception cref="InvalidOperationException">The trial is not running: it is of another study, or was told or
    /// abandoned before.</exception>
    /// <exception cref="StorageException">The storage fails, or another attempt at the trial was claimed; the trial is
    /// still running and can be told again.</exception>
    public FinishedTrial Tell(Trial trial, TrialOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.State == TrialState.Complete
            && Objective.Measures.FirstOrDefault(name => !outcome.Measures.ContainsKey(name)) is { } missing)
        {
            throw new ArgumentException(
                $"The outcome of trial {trial.Number} lacks the measure '{missing}' of the objective.",
                    nameof(outcome));
        }

        if (outcome.State == TrialState.Pruned && trial.Reports.Count == 0)
        {
            throw new ArgumentException(
                $"Trial {trial.Number} cannot be pruned: it has reported nothing.", nameof(outcome));
        }

        var finished = new FinishedTrial
        {
            Number = trial.Number,
            Attempt = trial.Attempt,
            State = outcome.State,
            Parameters = trial.Parameters,
            Measures = outcome.Measures,
            Reports = trial.Reports,
            Payload = outcome.Payload,
            Error = outcome.Error,
            Started = trial.Started,
            Duration = _time.GetElapsedTime(trial.Timestamp),
        };
        lock (_lock)
        {
            CheckRunning(trial);
            _storage.AppendTrial(Record.Name, finished);
            _running.Remove(trial.Number);
            _finished.Add(trial.Number, finished);
            _snapshot = null;
        }

        return finished;
    }

    /// <summary>Gives up a trial without a trace; its number is handed out again.</summary>
    /// <param name="trial">A running trial of this study.</param>
    /// <exception cref="InvalidOperationException">The trial is not running.</exception>
    /// <exception cref="StorageException">The storage fails; the trial is not running any more, but its claim is held
    /// until the storage is disposed of.</exception>
    public void Abandon(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            CheckRunning(trial);
            _running.Remove(trial.Number);
            _storage.ReleaseTrial(Record.Name, trial.Claim);
        }
    }

    /// <summary>Runs trials until the budget or the search space is spent.</summary>
    /// <remarks>Where others run the last trials, waits for them: should they end without a result, their trials are
    /// run here.</remarks>
    /// <param name="evaluate">Evaluates a trial; called on several threads at once when there are several jobs. An
    /// exception makes the trial a failed one with its message, except cancellation through the given token, and a
    /// <see cref="StorageException"/>: what could not be kept says nothing of the trial, and stops the run.</param>
    /// <param name="budget">How many, how long, how many at once. Trials stored by earlier runs count.</param>
    /// <param name="onFinished">Called after a trial of this run is stored, never twice at the same time.</param>
    /// <param name="onWaiting">Called with the numbers of the trials of others, when nothing else is left.</param>
    /// <param name="cancellationToken">Stops the run: running evaluations are handed the token, and what they had not
    /// finished is not stored.</param>
    /// <returns>Why the run ended.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled; every evaluation has ended.</exception>
    /// <exception cref="StorageException">The storage failed; every evaluation has ended.</exception>
    public Task<StudyEnd> RunAsync(
        Func<Trial, CancellationToken, TrialOutcome> evaluate,
        StudyBudget budget,
        Action<FinishedTrial>? onFinished = null,
        Action<IReadOnlyList<int>>? onWaiting = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(budget);
        return new StudyRun(this, evaluate, budget, onFinished, onWaiting, _time).RunAsync(cancellationToken);
    }

    /// <summary>A trial, or null when finished and running ones, wherever they run, make up the number already, or the
    /// space is spent.</summary>
    internal Trial? AskWithin(int? trials, out bool isSpaceSpent)
    {
        lock (_lock)
        {
            while (true)
            {
                isSpaceSpent = false;
                var held = ReadState(out var claims);
                if (_finished.Count + held.Count >= (trials ?? int.MaxValue))
                {
                    return null;
                }

                var number = FirstFree(held);
                var started = _time.GetUtcNow();
                var timestamp = _time.GetTimestamp();
                if (Propose(number, claims, held) is not { } parameters)
                {
                    isSpaceSpent = true;
                    return null;
                }

                // Null where another process was faster.
                if (_storage.TryClaimTrial(Record.Name, number, parameters) is { } claim)
                {
                    var trial = new Trial(claim, started, timestamp, GoesOn);
                    _running.Add(number, trial);
                    return trial;
                }
            }
        }
    }

    /// <summary>The trials that others run while the number is not made up; empty when there is nothing to wait
    /// for.</summary>
    internal IReadOnlyList<int> RunByOthers(int? trials)
    {
        lock (_lock)
        {
            var held = ReadState(out _);
            return _finished.Count >= trials ? [] : [.. held.Keys.Except(_running.Keys)];
        }
    }

    // The claims come first: a trial that finishes in between is then known twice and not missed.
    private SortedList<int, ParameterSet> ReadState(out IReadOnlyList<TrialClaim> claims)
    {
        claims = _storage.ReadClaims(Record.Name);
        if (_storage.CountTrials(Record.Name) != _finished.Count)
        {
            foreach (var trial in _storage.ReadTrials(Record.Name, payloads: false))
            {
                if (!_finished.ContainsKey(trial.Number))
                {
                    Add(_storage.ReadTrial(Record.Name, trial.Number)!);
                }
            }
        }

        var held = new SortedList<int, ParameterSet>();
        foreach (var claim in claims.Where(c => c.IsHeld && !_finished.ContainsKey(c.Number)))
        {
            held.Add(claim.Number, claim.Parameters);
        }

        return held;
    }

    private int FirstFree(SortedList<int, ParameterSet> held)
    {
        while (_finished.ContainsKey(_firstUnfinished))
        {
            _firstUnfinished++;
        }

        var number = _firstUnfinished;
        while (_finished.ContainsKey(number) || held.ContainsKey(number))
        {
            number++;
        }

        return number;
    }

    // Null where the space is spent. All proposals of a trial draw from its one generator: the same history gives the
    // same set.
    private ParameterSet? Propose(int number, IReadOnlyList<TrialClaim> claims, SortedList<int, ParameterSet> held)
    {
        var known = _finished.Values.Select(trial => trial.Parameters).Concat(held.Values).ToHashSet();
        if (claims.FirstOrDefault(claim => claim.Number == number)?.Parameters is { } interrupted
            && Space.FindProblem(interrupted) is null && !known.Contains(interrupted))
        {
            return interrupted;
        }

        var context = new ProposalContext(Space, Objective, Snapshot(), number, _randomForTrial(number))
        {
            Running = [.. held.Values],
        };
        for (var proposal = 0; proposal < MostProposals; proposal++)
        {
            var parameters = _sampler.Propose(context);
            if (Space.FindProblem(parameters) is { } problem)
            {
                throw new InvalidOperationException($"The sampler '{_sampler.Name}' left the search space. {problem}");
            }

            if (!known.Contains(parameters))
            {
                return parameters;
            }
        }

        return SpaceEnumeration.Sets(Space, context.Random).FirstOrDefault(set => !known.Contains(set));
    }

    private void Add(FinishedTrial trial)
    {
        if (Space.FindProblem(trial.Parameters) is { } problem)
        {
            throw new StorageException(
                $"Trial {trial.Number} of the study '{Record.Name}' is not of this search space. {problem}");
        }

        _finished.Add(trial.Number, trial);
        _snapshot = null;
    }

    private bool GoesOn(Trial trial) => _pruner is null
        || !_pruner.ShouldPrune(new PruningContext(Objective, Trials, trial.Number, trial.Reports)
        {
            Parameters = trial.Parameters,
        });

    private FinishedTrial[] Snapshot() => _snapshot ??= [.. _finished.Values];

    private void CheckRunning(Trial trial)
    {
        if (!_running.TryGetValue(trial.Number, out var running) || !ReferenceEquals(running, trial))
        {
            throw new InvalidOperationException($"Trial {trial.Number} is not a running trial of this study.");
        }
    }

    private StudyRecord OpenOrCreate(StudyRecord record)
    {
        if (_storage.FindStudy(record.Name) is not { } stored)
        {
            _storage.CreateStudy(record);
            return record;
        }

        return stored.Definition == record.Definition ? stored : throw new StorageException(
            $"The stored study '{record.Name}' has another definition."
            + " Resume it with its own, or choose another name.");
    }
}
