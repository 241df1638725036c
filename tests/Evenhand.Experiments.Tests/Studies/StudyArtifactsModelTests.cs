using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.TestKit.Learning;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Artifacts;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Tests.Studies;

[TestClass]
public sealed class StudyArtifactsModelTests
{
    private static readonly Model Model = new BiasLearner(new BiasOptions()).Fit(
        LearningSamples.Ratings(5, 5, 30, new SeedTree(0)), new FitContext { Seeds = new SeedTree(0) });

    [TestMethod]
    public void SweepModels_KeepsWhatIsKeptOrRunning_DropsWhatIsNobodys()
    {
        using var folder = new TemporaryFolder();
        using var storage = new MemoryStorage();
        using var dead = storage.Share();
        storage.CreateStudy(new StudyRecord("sweep", "sweep", "", TrialMaker.Noon));
        var files = new StudyArtifacts(new FolderArtifacts(folder.Path), "sweep");

        // 0: finished and kept, after an attempt that was killed. 1: finished, not kept. 2: runs. 3: its process is
        // dead. 4: of an older version, kept.
        dead.TryClaimTrial("sweep", 3, ParameterSet.Empty);
        dead.TryClaimTrial("sweep", 0, ParameterSet.Empty);
        dead.Dispose();
        Finish(storage, 0);
        Finish(storage, 1);
        storage.TryClaimTrial("sweep", 2, ParameterSet.Empty);
        storage.AppendTrial("sweep", TrialMaker.Complete(4));
        foreach (var (trial, attempt) in new[] { (0, 1), (0, 2), (1, 1), (2, 1), (3, 1), (4, 0) })
        {
            files.SaveModel(trial, attempt, Model);
        }

        foreach (var name in new[] { "2-1.model.abc.tmp", "3-1.model.abc.tmp", "notes.txt" })
        {
            folder.Write($"sweep/models/{name}", "");
        }

        files.SweepModels(storage, new HashSet<int> { 0, 4 });

        CollectionAssert.AreEqual(
            new[] { "0-2.model", "2-1.model", "2-1.model.abc.tmp", "4.model", "notes.txt" },
            Directory.GetFiles(Path.Combine(folder.Path, "sweep", "models")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal).ToArray());
        Assert.IsNotNull(files.LoadModel(storage.ReadTrial("sweep", 0)!, Registries.Full));
        Assert.IsNull(files.LoadModel(storage.ReadTrial("sweep", 1)!, Registries.Full));
        Assert.IsNotNull(files.LoadModel(storage.ReadTrial("sweep", 4)!, Registries.Full));
    }

    [TestMethod]
    public async Task LockFinalistsAsync_Held_KeepsOthersWaiting()
    {
        using var folder = new TemporaryFolder();
        var store = new FolderArtifacts(folder.Path);
        var (first, second) = (new StudyArtifacts(store, "study"), new StudyArtifacts(store, "study"));
        var held = await first.LockFinalistsAsync(() => Assert.Fail(), CancellationToken.None);
        var waited = false;
        using var later = await second.LockFinalistsAsync(
            () =>
            {
                waited = true;
                held.Dispose();
            },
            CancellationToken.None);
        Assert.IsTrue(waited);
    }

    private static void Finish(MemoryStorage storage, int number)
    {
        var claim = storage.TryClaimTrial("sweep", number, ParameterSet.Empty)!;
        storage.AppendTrial("sweep", TrialMaker.Complete(number) with { Attempt = claim.Attempt });
    }
}
