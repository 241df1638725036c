using System.Runtime.ExceptionServices;

namespace Evenhand.Tuning;

/// <summary>One call of <see cref="Study.RunAsync"/>: workers that ask, evaluate and tell until the budget or
/// the search space is spent.</summary>
internal sealed class StudyRun(
    Study study,
    Func<Trial, CancellationToken, TrialOutcome> evaluate,
    StudyBudget budget,
    Action<FinishedTrial>? onFinished,
    TimeProvider time)
{
    private readonly Lock _listening = new();
    private readonly long _start = time.GetTimestamp();
    private ExceptionDispatchInfo? _fault;
    private volatile bool _isSpaceSpent;
    private volatile bool _wasCut;

    public async Task<StudyEnd> RunAsync(CancellationToken cancellationToken)
    {
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

    private void Work(CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && !IsTimeSpent() && Ask() is { } trial)
            {
                if (Evaluate(trial, stop.Token) is not { } outcome)
                {
                    _wasCut = true;
                    study.Abandon(trial);
                    return;
                }

                var finished = Tell(trial, outcome);
                lock (_listening)
                {
                    onFinished?.Invoke(finished);
                }
            }
        }
        catch (Exception fault)
        {
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(fault), null);
            stop.Cancel();
        }
    }

    // What others run at this moment counts as tried: the space may be spent before their trials have ended.
    private Trial? Ask()
    {
        var trial = study.AskWithin(budget.Trials, out var isSpaceSpent);
        if (isSpaceSpent)
        {
            _isSpaceSpent = true;
        }

        return trial;
    }

    // A trial that cannot be stored must not keep its number: a later run of the same study object hands it out again.
    private FinishedTrial Tell(Trial trial, TrialOutcome outcome)
    {
        try
        {
            return study.Tell(trial, outcome);
        }
        catch
        {
            study.Abandon(trial);
            throw;
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
        catch (Exception failure)
        {
            return TrialOutcome.Failed(
                string.IsNullOrWhiteSpace(failure.Message) ? failure.GetType().Name : failure.Message);
        }
    }
}
