using System.Text.Json.Nodes;
using Evenhand.TestKit;
using Evenhand.TestKit.Data;

namespace Evenhand.Cli.Tests;

/// <summary>Tasks on rows of features, from the file to predictions.</summary>
[TestClass]
public sealed class TabularTests
{
    [TestMethod]
    public async Task Run_AdultIncome_RanksByBothGoalsAndPredictsAFile()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "store");
        var file = Path.Combine(Snapshot.RepositoryRoot, "experiments", "adult-income.yaml");
        var data = PublicData.RequireRoot();
        var result = await CommandLine.RunAsync(
            "run", file, "--jobs", "1", "--trials", "3", "--store", store, "--data", data, "--json",
            "--set", "evaluation={bootstrapSamples: 20}");
        Assert.AreEqual(0, result.ExitCode, result.Error);
        var best = JsonNode.Parse(result.Output)!["trials"]![0]!;
        Assert.IsGreaterThan(0.7, (double)best["validation"]!["balanced-accuracy"]!["value"]!);
        Assert.IsNotNull(best["fairness"]!["demographic-parity-difference(sex)"]);

        var rows = folder.Write(
            "people.csv",
            "age,workclass,education,education-years,marital-status,occupation,relationship,race,sex,capital-gain,"
            + "capital-loss,hours-per-week,native-country\n"
            + "52,Private,Doctorate,16,Married-civ-spouse,Exec-managerial,Husband,White,male,15000,0,60,United-States\n"
            + "19,?,11th,7,Never-married,?,Own-child,White,female,0,0,15,United-States\n");
        var predicted = await CommandLine.RunAsync(
            "predict", "adult-income", best["number"]!.ToString(), "--input", rows, "--store", store, "--json");
        Assert.AreEqual(0, predicted.ExitCode, predicted.Error);
        var table = JsonNode.Parse(predicted.Output)!.AsArray();
        Assert.IsGreaterThan((double)table[1]!["probability"]!, (double)table[0]!["probability"]!);
    }

    [TestMethod]
    public async Task Run_TabularRegression_PredictsNumbers()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rows.csv", "age,city,spent,sex\n" + string.Concat(Enumerable.Range(0, 1200).Select(i =>
            $"{20 + (i % 40)},{"abc"[i % 3]},{(2 * (i % 40)) + (i % 3)},{(i % 2 == 0 ? "f" : "m")}\n")));
        var result = await RunAsync(folder, "number", "learners: [linear-regression]");
        Assert.AreEqual(0, result.ExitCode, result.Error);
        var trial = JsonNode.Parse(result.Output)!["trials"]![0]!;
        Assert.IsLessThan(1.5, (double)trial["validation"]!["rmse"]!["value"]!);
    }

    [TestMethod]
    [DataRow("number", "data set 'own' has no column with the role feature", "role: feature", "")]
    [DataRow("number", "rows.csv(3,1): column 'age': expected a number, found 'old'", "21,b", "old,b")]
    [DataRow("category", "predicts a number: read it as type: number, or predict its classes by the task "
        + "tabular-multiclass-classification", "", "")]
    public async Task Run_UnfitData_SaysWhatAndWhere(string type, string expected, string before, string after)
    {
        using var folder = new TemporaryFolder();
        var rows = "age,city,spent,sex\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{20 + i},{"abc"[i % 3]},{2 * i},{(i % 2 == 0 ? "f" : "m")}\n"));
        folder.Write("rows.csv", before == "21,b" ? rows.Replace(before, after, StringComparison.Ordinal) : rows);
        var result = await RunAsync(folder, type, "learners: [linear-regression]", before == "role: feature");
        Assert.AreEqual(2, result.ExitCode, result.Error);
        StringAssert.Contains(result.Error, expected);
    }

    private static async Task<CommandResult> RunAsync(
        TemporaryFolder folder, string type, string learners, bool withoutFeatures = false)
    {
        var role = withoutFeatures ? "" : ", role: feature";
        var file = folder.Write("own.yaml", $$"""
            name: own
            task: tabular-regression
            data:
              groups: { row: [sex] }
              rows:
                files: [{ path: rows.csv }]
                columns:
                  - { name: age, type: number{{role}} }
                  - { name: city, type: category{{role}} }
                  - { name: spent, type: {{type}} }
                  - { name: sex, type: category }
              label: { column: spent }
            {{learners}}
            objective: { minimize: rmse, fairness: { metric: rmse-difference, group: sex, weight: 1 } }
            budget: { trials: 1 }
            """);
        return await CommandLine.RunAsync("run", file, "--store", Path.Combine(folder.Path, "store"), "--json");
    }
}
