using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;
using static Evenhand.Tuning.Tests.Studies.GivenStudy;

namespace Evenhand.Tuning.Tests.Studies;

/// <summary>Studies on which several processes work, or whose storage fails.</summary>
[TestClass]
public sealed class SharedStudyTests
{
    [TestMethod]
    public async Task RunAsync_StudyInTwoProcesses_ShareTheWork()
    {
        const int Trials = 40;
        using var storage = new MemoryStorage();
        using var other = storage.Share();
        var evaluated = new int[Trials];
        TrialOutcome Count(Trial trial, CancellationToken token)
        {
            Interlocked.Increment(ref evaluated[trial.Number]);
            return Evaluate(trial);
        }

        var studies = new[] { Open(storage), Open(other) };
        await Task.WhenAll(
            studies[0].RunAsync(Count, new StudyBudget { Trials = Trials, Jobs = 3 }),
            studies[1].RunAsync(Count, new StudyBudget { Trials = Trials - 10, Jobs = 2 }));

        Assert.IsTrue(evaluated.All(times => times == 1));
        var stored = storage.ReadTrials("sweep");
        Assert.HasCount(Trials, stored);
        Assert.HasCount(Trials, stored.Select(trial => trial.Parameters).Distinct().ToArray());
        CollectionAssert.AreEqual(stored.ToArray(), studies[0].Trials.ToArray());
    }

    [TestMethod]
    public async Task RunAsync_OnlyAnothersTrialIsLeft_IsTakenOverWhenTheOtherEnds()
    {
        using var storage = new MemoryStorage();
        using var other = storage.Share();
        var others = Open(other).Ask();
        var waitedFor = new List<int>();
        var study = Open(storage);
        await study.RunAsync(
            (trial, _) => Evaluate(trial),
            new StudyBudget { Trials = 3 },
            onWaiting: numbers =>
            {
                waitedFor.AddRange(numbers);
                other.Dispose();
            });
        CollectionAssert.AreEqual(new[] { others.Number }, waitedFor);
        CollectionAssert.AreEqual(new[] { 2, 1, 1 }, study.Trials.Select(trial => trial.Attempt).ToArray());
        Assert.AreEqual(others.Parameters, study.Trials[0].Parameters);
    }

    [TestMethod]
    public async Task RunAsync_EvaluationCannotBeKept_StopsAndLeavesTheTrialToTheNextRun()
    {
        using var storage = new MemoryStorage();
        var study = Open(storage);
        var thrown = await Assert.ThrowsExactlyAsync<StorageException>(() => study.RunAsync(
            (trial, _) => trial.Number == 3 ? throw new StorageException("The disk is full.") : Evaluate(trial),
            new StudyBudget { Trials = 6, Jobs = 2 }));
        Assert.AreEqual("The disk is full.", thrown.Message);
        Assert.IsTrue(storage.ReadTrials("sweep").All(trial => trial.State == TrialState.Complete && trial.Number != 3));

        await study.RunAsync((trial, _) => Evaluate(trial), new StudyBudget { Trials = 6 });
        Assert.HasCount(6, study.Trials);
        Assert.AreEqual(2, study.Trials[3].Attempt);
    }

    [TestMethod]
    public async Task RunAsync_EvaluationCannotBeKept_NoOtherWorkerTakesTheTrialUp()
    {
        for (var repeat = 0; repeat < 50; repeat++)
        {
            using var storage = new MemoryStorage();
            var taken = 0;
            await Assert.ThrowsExactlyAsync<StorageException>(() => Open(storage).RunAsync(
                (trial, _) =>
                {
                    if (trial.Number != 3)
                    {
                        return Evaluate(trial);
                    }

                    Interlocked.Increment(ref taken);
                    throw new StorageException("The disk is full.");
                },
                new StudyBudget { Trials = 300, Jobs = 4 }));
            Assert.AreEqual(1, taken, $"repeat {repeat}");
        }
    }

    [TestMethod]
    public void Tell_ClaimTakenOver_IsRefused()
    {
        using var storage = new MemoryStorage();
        var lost = storage.Share();
        var study = Open(lost);
        var trial = study.Ask();
        lost.Dispose();
        var again = Open(storage).Ask();
        Assert.AreEqual((trial.Number, 2), (again.Number, again.Attempt));
        var thrown = Assert.ThrowsExactly<StorageException>(() => study.Tell(trial, TrialOutcome.Failed("late")));
        StringAssert.Contains(thrown.Message, "another process");
    }
}
