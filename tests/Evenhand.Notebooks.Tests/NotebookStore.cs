using Evenhand.Data;
using Evenhand.Experiments;
using Evenhand.Learning;
using Evenhand.TestKit;

namespace Evenhand.Notebooks.Tests;

/// <summary>A folder of studies for the notebooks of one test, removed at its end.</summary>
internal sealed class NotebookStore : IDisposable
{
    private const string Experiment = """
        name: ratings
        task: rating-prediction
        data: { source: simulator, groups: { user: [gender] }, simulator: { users: 100, items: 50, interactions: 2000 } }
        learners: [ bias, { matrix-factorization: { numberOfIterations: 3 } } ]
        objective: { minimize: rmse }
        sampler: random
        budget: { trials: 2 }
        evaluation: { bootstrapSamples: 10, minimumGroupSize: 5 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("evenhand-").FullName;

    /// <summary>Where a file lies that a notebook writes.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A cell whose files lie in this folder.</summary>
    public string Redirect(string source) => source
        .Replace("\"../.evenhand", $"\"{_folder}", StringComparison.Ordinal)
        .Replace("\"leaderboard.html\"", $"\"{PathOf("leaderboard.html")}\"", StringComparison.Ordinal)
        .Replace("\"explained.html\"", $"\"{PathOf("explained.html")}\"", StringComparison.Ordinal);

    /// <summary>Runs a study of two trials.</summary>
    public async Task RunStudyAsync()
    {
        File.WriteAllText(PathOf("ratings.yaml"), Experiment);
        var plan = StudyPlan.Load(PathOf("ratings.yaml"), [], null);
        var data = ExperimentData.Load(plan, null, IRunListener.None, CancellationToken.None);
        using var library = StudyLibrary.OpenOrCreate(_folder);
        var record = library.Create(plan.Experiment.Name, plan.Define(data.Facts), null, DateTimeOffset.UnixEpoch);
        await new ExperimentRunner(plan, data, IRunListener.None).RunAsync(library, record, CancellationToken.None);
    }

    /// <summary>Writes a classifier of texts as the model of trial 0.</summary>
    public void WriteTextModel(string study)
    {
        var models = Directory.CreateDirectory(Path.Combine(_folder, study, "models")).FullName;
        var seeds = new SeedTree(1);
        var model = new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 10 })
            .Fit(LearningSamples.Texts(200, seeds), new FitContext { Seeds = seeds });
        ModelFile.Save(model, Path.Combine(models, "0.model"));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
