using System.Collections.Concurrent;
using Evenhand.Configuration;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Tuning.Storage;

namespace Evenhand.Experiments.Tests.Running;

[TestClass]
public sealed class FitProgressTests
{
    private const string Ratings = """
        name: fits
        task: rating-prediction
        data: { source: simulator, groups: { user: [gender] }, simulator: { users: 100, items: 50, interactions: 2000 } }
        learners: [ { matrix-factorization: { numberOfIterations: 3, lambda: search } } ]
        objective: { minimize: rmse }
        budget: { trials: 2, threads: 2 }
        evaluation: { bootstrapSamples: 10 }
        """;

    [TestMethod]
    public async Task RunAsync_FitsOfThreeIterations_TellsOfEachOfThem()
    {
        using var folder = new TemporaryFolder();
        var plan = ExperimentPlan.Load(folder.Write("fits.yaml", Ratings), Registries.Full, [], null);
        var fits = new Fits();
        var data = ExperimentData.Load(plan, null, fits, CancellationToken.None);
        using var library = StudyLibrary.OpenOrCreate(folder.Path, Registries.Full);
        var record = library.Create(plan.Experiment.Name, plan.Define(data.Facts), null, DateTimeOffset.UnixEpoch);
        await new ExperimentRunner(plan, data, fits).RunAsync(library, record, CancellationToken.None);

        CollectionAssert.AreEquivalent(
            new (int, long)[] { (0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3) }, fits.Told.Distinct().ToArray());
    }

    private sealed class Fits : IRunListener
    {
        public ConcurrentQueue<(int Trial, long Done)> Told { get; } = [];

        public void FitAdvanced(int trial, WorkProgress progress) => Told.Enqueue((trial, progress.Done));
    }
}
