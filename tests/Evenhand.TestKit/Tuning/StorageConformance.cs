using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Tuning;

/// <summary>What every <see cref="StudyStorage"/> must do. Derive a test class and say how to open an empty
/// one.</summary>
public abstract class StorageConformance
{
    private static readonly StudyRecord Record = new("sweep", "movielens",
        "name: movielens\nbudget: { trials: 3 }\n", TrialMaker.Noon);

    private static readonly ParameterSet Parameters = new(
        new Dictionary<string, ParameterValue> { ["rank"] = 64L, ["lambda"] = 0.1 });

    /// <summary>A storage without studies; the suite disposes of it.</summary>
    protected abstract StudyStorage OpenEmpty();

    /// <summary>Another storage of the same studies, as another process would open it.</summary>
    protected abstract StudyStorage OpenAgain(StudyStorage storage);

    [TestMethod]
    public void FindStudy_AfterCreate_ReturnsEqualRecord()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        Assert.AreEqual(Record, storage.FindStudy("sweep"));
        Assert.IsTrue(storage.FindStudy("sweep")!.Created.EqualsExact(Record.Created));
    }

    [TestMethod]
    public void FindStudy_UnknownName_ReturnsNull()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        Assert.IsNull(storage.FindStudy("other"));
        Assert.IsNull(storage.FindStudy("Sweep"));
    }

    [TestMethod]
    public void CreateStudy_SameName_ThrowsAndKeepsTheFirst()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        var thrown = Assert.ThrowsExactly<StorageException>(() =>
            storage.CreateStudy(Record with { Experiment = "other" }));
        StringAssert.Contains(thrown.Message, "'sweep'");
        Assert.AreEqual("movielens", storage.FindStudy("sweep")!.Experiment);
    }

    [TestMethod]
    public void CreateStudy_NameInOtherCase_IsAnotherStudy()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.CreateStudy(Record with { Name = "SWEEP" });
        CollectionAssert.AreEqual(new[] { "sweep", "SWEEP" },
            storage.ListStudies().Select(study => study.Name).ToArray());
    }

    [TestMethod]
    public void ListStudies_Several_AreInOrderOfCreation()
    {
        using var storage = OpenEmpty();
        string[] names = ["b", "a", "d", "c"];
        foreach (var name in names)
        {
            storage.CreateStudy(Record with { Name = name });
        }

        CollectionAssert.AreEqual(names, storage.ListStudies().Select(study => study.Name).ToArray());
    }

    [TestMethod]
    public void ReadTrials_AppendedInAnyOrder_ReturnsEqualTrialsByNumber()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        var parameters = new ParameterSet(new Dictionary<string, ParameterValue>
        {
            ["learner"] = "matrix \"factorization\" é",
            ["rank"] = 64L,
            ["lambda"] = 1.0,
            ["rate"] = 1.0 / 3,
            ["tiny"] = 5e-324,
            ["biased"] = true,
        });
        FinishedTrial[] trials =
        [
            TrialMaker.Complete(0, parameters, ("rmse", 0.1 + 0.2), ("gap", double.NaN), ("loss",
                double.NegativeInfinity)),
            TrialMaker.Failed(1, parameters),
            TrialMaker.Complete(2) with { Payload = "{ \"groups\": [ \"ü\", \"\\u0000\" ] }\n" },
        ];
        storage.AppendTrial("sweep", trials[2]);
        storage.AppendTrial("sweep", trials[0]);
        storage.AppendTrial("sweep", trials[1]);
        CollectionAssert.AreEqual(trials, storage.ReadTrials("sweep").ToArray());
    }

    [TestMethod]
    public void ReadTrials_WithReports_ReturnsEqualTrials()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        FinishedTrial[] trials =
        [
            TrialMaker.Complete(0, ("rmse", 1)) with
            {
                Reports =
                [
                    TrialMaker.Report(1, ("rmse", 0.1 + 0.2), ("gap(\"a\", é)", double.NaN)),
                    TrialMaker.Report(3, ("rmse", double.PositiveInfinity)),
                ],
            },
            TrialMaker.Pruned(1, [TrialMaker.Report(7, ("rmse", 5e-324))]) with { Payload = "{}" },
            TrialMaker.Failed(2) with { Reports = [TrialMaker.Report(1)] },
            TrialMaker.Complete(3, ("rmse", 1)),
        ];
        foreach (var trial in trials)
        {
            storage.AppendTrial("sweep", trial);
        }

        using var other = OpenAgain(storage);
        CollectionAssert.AreEqual(trials, other.ReadTrials("sweep").ToArray());
        Assert.AreEqual(trials[1] with { Payload = null }, other.ReadTrials("sweep", payloads: false)[1]);
        Assert.AreNotEqual(trials[1] with { Reports = trials[0].Reports }, other.ReadTrial("sweep", 1));
        Assert.AreEqual(4, other.CountTrials("sweep"));
    }

    [TestMethod]
    public void ReadTrials_WithoutPayloads_LeavesOnlyThemOut()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        var trial = TrialMaker.Complete(0, ("rmse", 1)) with { Payload = "{}" };
        storage.AppendTrial("sweep", trial);
        Assert.AreEqual(trial with { Payload = null }, storage.ReadTrials("sweep", payloads: false).Single());
    }

    [TestMethod]
    public void ReadTrial_ByNumber_ReturnsTheEqualTrialOrNull()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.CreateStudy(Record with { Name = "other" });
        var trial = TrialMaker.Complete(3, ("rmse", 1)) with { Payload = "{}" };
        storage.AppendTrial("sweep", trial);
        storage.AppendTrial("other", TrialMaker.Complete(4, ("rmse", 2)));
        Assert.AreEqual(trial, storage.ReadTrial("sweep", 3));
        Assert.IsNull(storage.ReadTrial("sweep", 4));
        Assert.ThrowsExactly<StorageException>(() => storage.ReadTrial("sweap", 3));
    }

    [TestMethod]
    public void ReadTrials_OfOneStudy_HasNoneOfAnother()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.CreateStudy(Record with { Name = "other" });
        storage.AppendTrial("sweep", TrialMaker.Complete(0, ("rmse", 1)));
        storage.AppendTrial("other", TrialMaker.Complete(0, ("rmse", 2)));
        Assert.AreEqual(1, storage.ReadTrials("sweep").Single().Measures["rmse"]);
        Assert.AreEqual(2, storage.ReadTrials("other").Single().Measures["rmse"]);
    }

    [TestMethod]
    public void ReadTrials_ListReadBefore_DoesNotChange()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0));
        var before = storage.ReadTrials("sweep");
        storage.AppendTrial("sweep", TrialMaker.Complete(1));
        Assert.HasCount(1, before);
        Assert.AreEqual(2, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public void AppendTrial_SameNumber_ThrowsAndKeepsTheFirst()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(4, ("rmse", 1)));
        var thrown = Assert.ThrowsExactly<StorageException>(
            () => storage.AppendTrial("sweep", TrialMaker.Complete(4, ("rmse", 2))));
        StringAssert.Contains(thrown.Message, "4");
        Assert.AreEqual(1, storage.ReadTrials("sweep").Single().Measures["rmse"]);
    }

    [TestMethod]
    public void AnyCall_UnknownStudy_ThrowsNamingIt()
    {
        using var storage = OpenEmpty();
        Action[] calls =
        [
            () => storage.AppendTrial("sweap", TrialMaker.Complete(0)),
            () => storage.ReadTrials("sweap"),
            () => storage.CountTrials("sweap"),
            () => storage.TryClaimTrial("sweap", 0, Parameters),
            () => storage.ReadClaims("sweap"),
            () => storage.DiscardDamaged("sweap", _ => true),
        ];
        foreach (var call in calls)
        {
            StringAssert.Contains(Assert.ThrowsExactly<StorageException>(call).Message, "'sweap'");
        }
    }

    [TestMethod]
    public void DeleteStudy_WithTrials_RemovesBoth()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0));
        Assert.IsTrue(storage.DeleteStudy("sweep"));
        Assert.IsFalse(storage.DeleteStudy("sweep"));
        Assert.IsNull(storage.FindStudy("sweep"));
        storage.CreateStudy(Record);
        Assert.AreEqual(0, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public void TryClaimTrial_Held_IsRefusedToAll()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using var other = OpenAgain(storage);
        var claim = storage.TryClaimTrial("sweep", 3, Parameters);
        Assert.AreEqual(new TrialClaim(3, 1, Parameters, IsHeld: true), claim);
        Assert.IsNull(storage.TryClaimTrial("sweep", 3, Parameters));
        Assert.IsNull(other.TryClaimTrial("sweep", 3, Parameters));
        Assert.IsNotNull(other.TryClaimTrial("sweep", 4, Parameters));
        CollectionAssert.AreEqual(
            new[] { (3, true), (4, true) },
            other.ReadClaims("sweep").Select(open => (open.Number, open.IsHeld)).ToArray());
    }

    [TestMethod]
    public void TryClaimTrial_Released_IsTheNextAttempt()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using var other = OpenAgain(storage);
        var claim = storage.TryClaimTrial("sweep", 0, Parameters)!;
        other.ReleaseTrial("sweep", claim);
        Assert.IsNull(other.TryClaimTrial("sweep", 0, Parameters), "Only who holds a claim can release it.");
        storage.ReleaseTrial("sweep", claim);
        Assert.AreEqual(claim with { IsHeld = false }, other.ReadClaims("sweep").Single());
        Assert.AreEqual(2, other.TryClaimTrial("sweep", 0, Parameters)?.Attempt);
        storage.ReleaseTrial("sweep", claim);
        Assert.IsTrue(other.ReadClaims("sweep").Single().IsHeld, "The claim released is another attempt's.");
    }

    [TestMethod]
    public void TryClaimTrial_OwnerIsGone_IsTheNextAttempt()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using (var other = OpenAgain(storage))
        {
            other.TryClaimTrial("sweep", 0, Parameters);
        }

        Assert.IsFalse(storage.ReadClaims("sweep").Single().IsHeld);
        Assert.AreEqual(2, storage.TryClaimTrial("sweep", 0, Parameters)?.Attempt);
    }

    [TestMethod]
    public void AppendTrial_Claimed_KeepsTheAttemptAndEndsTheClaim()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using var other = OpenAgain(storage);
        var claim = storage.TryClaimTrial("sweep", 0, Parameters)!;
        var trial = TrialMaker.Complete(0, Parameters, ("rmse", 1)) with { Attempt = claim.Attempt };
        storage.AppendTrial("sweep", trial);
        Assert.AreEqual(trial, other.ReadTrial("sweep", 0));
        Assert.IsEmpty(other.ReadClaims("sweep"));
        Assert.IsNull(other.TryClaimTrial("sweep", 0, Parameters), "A finished trial is not claimed.");
    }

    [TestMethod]
    public void AppendTrial_OfAnotherAttempt_ThrowsAndStoresNothing()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using var other = OpenAgain(storage);
        var claim = storage.TryClaimTrial("sweep", 0, Parameters)!;
        var trial = TrialMaker.Complete(0, Parameters, ("rmse", 1));
        foreach (var attempt in new[] { 0, claim.Attempt })
        {
            Assert.ThrowsExactly<StorageException>(() => other.AppendTrial("sweep", trial with { Attempt = attempt }));
        }

        Assert.ThrowsExactly<StorageException>(() => storage.AppendTrial("sweep", trial with { Attempt = 2 }));
        storage.ReleaseTrial("sweep", claim);
        Assert.ThrowsExactly<StorageException>(() => storage.AppendTrial("sweep", trial with { Attempt = 1 }));
        Assert.AreEqual(0, storage.CountTrials("sweep"));
    }

    [TestMethod]
    public void DiscardDamaged_TrialThatCannotBeUsed_CanBeClaimedAgain()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        storage.AppendTrial("sweep", TrialMaker.Complete(0) with { Payload = "good" });
        storage.AppendTrial("sweep", TrialMaker.Complete(1, Parameters) with { Payload = "bad" });
        CollectionAssert.AreEqual(
            new[] { 1 }, storage.DiscardDamaged("sweep", trial => trial.Payload == "good").ToArray());
        Assert.AreEqual(0, storage.ReadTrials("sweep").Single().Number);
        Assert.AreEqual(Parameters, storage.ReadClaims("sweep").Single().Parameters);
        Assert.IsNotNull(storage.TryClaimTrial("sweep", 1, Parameters));
    }

    [TestMethod]
    public void TryClaimTrial_FromManyThreads_GivesEachNumberToOne()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        using var other = OpenAgain(storage);
        var claimed = 0;
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
        {
            if ((index % 2 == 0 ? storage : other).TryClaimTrial("sweep", index / 2, Parameters) is not null)
            {
                Interlocked.Increment(ref claimed);
            }
        });
        Assert.AreEqual(30, claimed);
        Assert.HasCount(30, storage.ReadClaims("sweep"));
    }

    [TestMethod]
    public void AppendTrial_FromManyThreads_LosesAndDoublesNothing()
    {
        using var storage = OpenEmpty();
        storage.CreateStudy(Record);
        var refused = 0;

        // Every number is offered twice: exactly one of the two must be taken.
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
        {
            try
            {
                storage.AppendTrial("sweep", TrialMaker.Complete(index % 50, ("rmse", index)));
            }
            catch (StorageException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.AreEqual(50, refused);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 50).ToArray(), storage.ReadTrials("sweep").Select(trial => trial.Number).ToArray());
    }
}
