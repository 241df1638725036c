using System.Runtime.ExceptionServices;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Studies;

/// <summary>One call of <see cref="Study.RunAsync"/>: workers that ask, evaluate and tell until the budget or
/// the search space is spent.</summary>
internal sealed class StudyRun(
    Study study,
    Func<Trial, CancellationToken, TrialOutcome> evaluate,
    StudyBudget budget,
    Action<FinishedTrial>? onFinished,
    Action<IReadOnlyList<int>>? onWaiting,
    TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _asking = new();
    private readonly Lock _listening = new();
    private readonly long _start = time.GetTimestamp();
    private ExceptionDispatchInfo? _fault;
    private volatile bool _isSpaceSpent;
    private volatile bool _wasCut;

    public async Task<StudyEnd> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> others = [];
        do
        {
            if (others.Count > 0)
            {
                onWaiting?.Invoke(others);
                await Task.Delay(LookInterval, time, cancellationToken).ConfigureAwait(false);
            }

            await RunWorkersAsync(cancellationToken).ConfigureAwait(false);
            others = study.RunByOthers(budget.Trials);
        }
        while (others.Count > 0 && !IsTimeSpent() && !cancellationToken.IsCancellationRequested);

        if (study.Trials.Count >= budget.Trials)
        {
            return StudyEnd.Trials;
        }

        if (_isSpaceSpent && !_wasCut)
        {
            return StudyEnd.Space;
        }

        if (!IsTimeSpent())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return StudyEnd.Time;
    }

    private async Task RunWorkersAsync(CancellationToken cancellationToken)
    {
        // Others may have given up a trial since.
        _isSpaceSpent = false;

        // A fault of one worker (never of an evaluation) stops the others too.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = new Task[budget.Jobs];
        for (var worker = 0; worker < workers.Length; worker++)
        {
            // Evaluations take long and block: each worker gets a thread of its own.
            workers[worker] = Task.Factory.StartNew(
                () => Work(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await Task.WhenAll(workers).ConfigureAwait(false);
        _fault?.Throw();
    }

    private void Work(CancellationTokenSource stop)
    {
        try
        {
            while (Ask(stop.Token) is { } trial)
            {
                if (Run(trial, stop) is not { } finished)
                {
                    _wasCut = true;
                    return;
                }

                lock (_listening)
                {
                    onFinished?.Invoke(finished);
                }
            }
        }
        catch (Exception fault)
        {
            Stop(fault, stop);
        }
    }

    private void Stop(Exception fault, CancellationTokenSource stop)
    {
        lock (_asking)
        {
            _fault ??= ExceptionDispatchInfo.Capture(fault);
            stop.Cancel();
        }
    }

    // What others run at this moment counts as tried: the space may be spent before their trials have ended.
    private Trial? Ask(CancellationToken stop)
    {
        lock (_asking)
        {
            if (stop.IsCancellationRequested || IsTimeSpent())
            {
                return null;
            }

            var trial = study.AskWithin(budget.Trials, out var isSpaceSpent);
            if (isSpaceSpent)
            {
                _isSpaceSpent = true;
            }

            return trial;
        }
    }

    // A trial that is not stored must not keep its number, whatever the reason: a later run hands it out again. The
    // other workers of this run must not, so they are stopped before it is given up.
    private FinishedTrial? Run(Trial trial, CancellationTokenSource stop)
    {
        try
        {
            if (Evaluate(trial, stop.Token) is { } outcome)
            {
                return study.Tell(trial, outcome);
            }
        }
        catch (Exception fault)
        {
            Stop(fault, stop);
        }

        GiveUp(trial);
        return null;
    }

    private void GiveUp(Trial trial)
    {
        try
        {
            study.Abandon(trial);
        }
        catch (StorageException)
        {
            // What stopped the trial is told; the claim ends with the process at the latest.
        }
    }

    private bool IsTimeSpent() => budget.Time is { } limit && time.GetElapsedTime(_start) >= limit;

    // Null when the evaluation was cancelled.
    private TrialOutcome? Evaluate(Trial trial, CancellationToken stop)
    {
        try
        {
            return evaluate(trial, stop) ?? TrialOutcome.Failed("The evaluation returned no outcome.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is not StorageException)
        {
            return TrialOutcome.Failed(
                string.IsNullOrWhiteSpace(failure.Message) ? failure.GetType().Name : failure.Message);
        }
    }
}
