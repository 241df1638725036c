using Evenhand.Data;
using Evenhand.Metrics.Comparison;

namespace Evenhand.Experiments;

/// <summary>A finalist against the most accurate one, user by user on the test part: is what lies between them more than
/// chance?</summary>
/// <param name="Reference">Number of the trial that is most accurate on the validation part.</param>
/// <param name="Metric">The accuracy metric, of each user by itself.</param>
/// <param name="Unit"><c>user</c>, or <c>row</c> where the data has no users.</param>
/// <param name="Count">Number of users of whom both models have the metric.</param>
/// <param name="Difference">Mean over users of this trial's value minus the reference's.</param>
/// <param name="StudentT">Student's paired t test.</param>
/// <param name="Wilcoxon">Wilcoxon's signed-rank test.</param>
/// <param name="Bootstrap">The paired bootstrap.</param>
public sealed record ModelComparison(
    int Reference,
    string Metric,
    string Unit,
    int Count,
    double Difference,
    TestedDifference StudentT,
    TestedDifference Wilcoxon,
    TestedDifference Bootstrap)
{
    // A p value of 0.05 is then known to about 0.005.
    private const int Resamples = 1999;

    /// <summary>Compares every model with the reference.</summary>
    /// <param name="reference">Number of the reference.</param>
    /// <param name="values">Values of each user by number of the trial, the reference included.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="unit">What the values are of.</param>
    /// <param name="seeds">Source of the bootstrap's draws.</param>
    public static IReadOnlyDictionary<int, ModelComparison> Against(
        int reference,
        IReadOnlyDictionary<int, double[]> values,
        string metric,
        string unit,
        SeedTree seeds)
    {
        var trials = values.Keys.Where(trial => trial != reference).Order().ToArray();
        var pairs = Array.ConvertAll(trials, trial => Defined(values[trial], values[reference]));
        var student = Adjust([.. pairs.Select(p => PairedTests.StudentT(p.First, p.Second).PValue)]);
        var wilcoxon = Adjust([.. pairs.Select(p => PairedTests.WilcoxonSignedRank(p.First, p.Second).PValue)]);
        PairedTestResult[] bootstraps =
        [
            .. pairs.Select((p, i) => PairedTests.Bootstrap(
                p.First, p.Second, Resamples, seeds.Fork($"trial/{trials[i]}").CreateRandom())),
        ];
        var bootstrap = Adjust([.. bootstraps.Select(b => b.PValue)]);
        return trials.Index().ToDictionary(trial => trial.Item, trial => new ModelComparison(
            reference,
            metric,
            unit,
            pairs[trial.Index].First.Length,
            bootstraps[trial.Index].Statistic,
            student[trial.Index],
            wilcoxon[trial.Index],
            bootstrap[trial.Index]));
    }

    // Users for whom either model has no figure are left out.
    private static (double[] First, double[] Second) Defined(double[] first, double[] second)
    {
        int[] users =
        [
            .. Enumerable.Range(0, first.Length).Where(u => !double.IsNaN(first[u]) && !double.IsNaN(second[u])),
        ];
        return (Array.ConvertAll(users, user => first[user]), Array.ConvertAll(users, user => second[user]));
    }

    private static TestedDifference[] Adjust(double[] values)
    {
        var (holm, hochberg) = (MultipleTests.Holm(values), MultipleTests.BenjaminiHochberg(values));
        return [.. values.Select((p, test) => new TestedDifference(p, holm[test], hochberg[test]))];
    }
}

/// <summary>p values of one test; NaN where it is undefined.</summary>
/// <param name="PValue">As if it were the only comparison.</param>
/// <param name="Holm">Adjusted by Holm for all comparisons of the study.</param>
/// <param name="BenjaminiHochberg">Adjusted by Benjamini and Hochberg.</param>
public readonly record struct TestedDifference(double PValue, double Holm, double BenjaminiHochberg);
