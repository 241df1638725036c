using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Auditing;
using Evenhand.Experiments.Evaluations;

namespace Evenhand.Experiments.Tests.Auditing;

[TestClass]
public sealed class AuditTests
{
    [TestMethod]
    public void Compute_Decisions_AreCountedByGroupAndCrossing()
    {
        // F: labels 1 1 0 0, decisions 1 0 0 0: accuracy 3/4. M: labels 1 0, decisions 1 1: accuracy 1/2.
        var figures = Compute(
            ("y", "1 1 0 0 1 0"), ("d", "1 0 0 0 1 1"), ("sex", "F F F F M M"), ("age", "a b a b a b"));

        Assert.AreEqual(4.0 / 6, figures.Metrics["accuracy"].Value, 1e-15);
        Assert.AreEqual(0.75, figures.Groups["sex"]["F"].Values["accuracy"].Value);
        Assert.AreEqual(0.25, figures.Fairness["accuracy-difference(sex)"].Value);
        Assert.AreEqual(2, figures.Groups["sex*age"]["F*a"].Count);
    }

    [TestMethod]
    public void Compute_Words_AreReadAsClasses()
    {
        var figures = Compute(("y", "yes no YES no"), ("d", "yes No no no"), ("sex", "F F M M"));

        Assert.AreEqual(0.75, figures.Metrics["accuracy"].Value);
    }

    [TestMethod]
    [DataRow("-1 0 1", "0 -1 1", null)]
    [DataRow("N F N", "F F F", null)]
    [DataRow("no false no", "false false false", null)]
    [DataRow("1.0 -1.0 1.0", "1 1 -1", 1.0 / 3)]
    [DataRow("true false true", "false false True", 2.0 / 3)]
    public void Compute_WordsOfTwoPairs_AreNeverOneClass(string labels, string predictions, double? twoClasses)
    {
        var figures = Compute(("y", labels), ("d", predictions), ("sex", "F F M"));

        // Of -1, 0, 1 one of three is right, as of N and F; of words of one pair there are two classes.
        Assert.AreEqual(twoClasses is null, figures.Metrics.ContainsKey("micro-accuracy"));
        var metric = twoClasses is null ? "micro-accuracy" : "accuracy";
        Assert.AreEqual(twoClasses ?? 1.0 / 3, figures.Metrics[metric].Value, 1e-15);
    }

    [TestMethod]
    [DataRow("1 2 2 3", "1.0 2.0 +3 3e0", 0.75)]
    [DataRow("1.0 2.0 2.0 3.0", "1 2 x 3", 0.75)]
    [DataRow("caf\u00e9 tea tea tea", "cafe\u0301 tea tea caf\u00e9", 0.75)]
    [DataRow("co-op x x x", "co\u2011op x x co\u2212op", 0.75)]
    [DataRow("a A A A", "a A A a", 0.75)]
    public void Compute_FormsOfOneClass_AreOne(string labels, string predictions, double expected)
    {
        var table = Table(("y", labels), ("d", predictions), ("sex", "F F M M"));

        Assert.AreEqual(
            expected,
            Audit.Compute(table, Options("sex") with { AsClasses = true }, default).Metrics["micro-accuracy"].Value);
    }

    [TestMethod]
    public void Compute_NumberWithAndWithoutZeros_IsRefused()
    {
        var table = Table(("y", "01 2"), ("d", "1 2"), ("sex", "F M"));

        Assert.Contains(
            "'01' and '1', which are one number",
            Assert.ThrowsExactly<InputException>(
                () => Audit.Compute(table, Options("sex") with { AsClasses = true }, default)).Message);
    }

    [TestMethod]
    public void Compute_NumbersThatAreNoClasses_AreRatings()
    {
        var figures = Compute(("y", "1 2 3 4"), ("d", "1 2 3 6"), ("sex", "F F M M"));

        Assert.AreEqual(1.0, figures.Metrics["rmse"].Value);
        Assert.AreEqual(0.5, figures.Metrics["mae"].Value);
    }

    [TestMethod]
    public void Compute_Positive_NamesTheClass()
    {
        var options = Options("sex") with { Positive = "good" };
        var figures = Audit.Compute(Table(("y", "good bad good"), ("d", "good good bad"), ("sex", "F F M")), options, default);

        Assert.AreEqual(1.0 / 3, figures.Metrics["accuracy"].Value, 1e-15);
    }

    [TestMethod]
    [DataRow("gender", "y", "--group gender: the file has no such column")]
    [DataRow("sex", "z", "--label z: the file has no such column")]
    public void Compute_ColumnThatIsNotThere_IsNamed(string group, string label, string expected)
    {
        var table = Table(("y", "1 0"), ("d", "1 0"), ("sex", "F M"));
        var options = Options(group) with { Label = label };

        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, options, default)).Message, expected);
    }

    [TestMethod]
    [DataRow("y", "1 x", "'x' is not a number")]
    [DataRow("y", "1 -", "row 2: the value is missing")]
    public void Compute_ValueThatCannotBeRead_IsNamedWithItsRow(string column, string values, string expected)
    {
        var refusal = Assert.ThrowsExactly<InputException>(
            () => Compute((column, values), ("d", "3 4"), ("sex", "F M")));

        StringAssert.Contains(refusal.Message, expected);
    }

    [TestMethod]
    public void Compute_MetricOfOtherKind_IsRefused()
    {
        var table = Table(("y", "1 0"), ("d", "1 0"), ("sex", "F M"));
        var options = Options("sex") with { Metrics = ["rmse"] };

        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, options, default)).Message, "for ratings");
    }

    [TestMethod]
    public void Compute_WithoutGroups_IsRefused()
    {
        var refusal = Assert.ThrowsExactly<InputException>(() => Compute(("y", "1 0"), ("d", "1 0")));

        StringAssert.Contains(refusal.Message, "--group");
    }

    [TestMethod]
    public void Compute_WithoutRows_IsRefused()
    {
        var table = new Table(new[] { "y", "d", "sex" }.Select(name => CategoricalColumn.FromValues(name, [])));
        var refusal = Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, Options("sex"), default));

        StringAssert.Contains(refusal.Message, "no rows");
    }

    [TestMethod]
    public void Compute_Names_AreSeveralClasses()
    {
        // a: 2 of 2 right, b: 1 of 2, c: 0 of 1.
        var figures = Compute(("y", "a a b b c"), ("d", "a a b c b"), ("sex", "F F F M M"));

        Assert.AreEqual(0.6, figures.Metrics["micro-accuracy"].Value, 1e-15);
        Assert.AreEqual(0.5, figures.Metrics["macro-accuracy"].Value, 1e-15);
        Assert.AreEqual(1.0, figures.Fairness["micro-accuracy-difference(sex)"].Value, 1e-15);

        // Of a: 2/3 and 0/2 of the rows.
        Assert.AreEqual(2.0 / 3, figures.Fairness["multiclass-demographic-parity-difference(sex)"].Value, 1e-15);
    }

    [TestMethod]
    public void Compute_NumbersDeclaredClasses_AreSeveralClasses()
    {
        var table = Table(("y", "1 2 3 3"), ("d", "1 2 3 2"), ("sex", "F F M M"));
        var figures = Audit.Compute(table, Options("sex") with { AsClasses = true }, default);

        Assert.AreEqual(0.75, figures.Metrics["micro-accuracy"].Value);
    }

    [TestMethod]
    public void Compute_Separator_ReadsSetsOfLabels()
    {
        // Wrong: b in the first row, a in the second, of two labels in four rows.
        var table = Table(("y", "a;b b - a"), ("d", "a a;b - a"), ("sex", "F F M M"));
        var figures = Audit.Compute(table, Options("sex") with { Separator = ";" }, default);

        Assert.AreEqual(0.25, figures.Metrics["hamming-loss"].Value);
        Assert.AreEqual(0.5, figures.Metrics["subset-accuracy"].Value);
        Assert.AreEqual(0.5, figures.Fairness["hamming-loss-difference(sex)"].Value);
    }

    [TestMethod]
    public void Compute_ProbabilitiesOfClasses_AreReadByName()
    {
        var options = Options("sex") with { Score = "p", Metrics = ["multiclass-log-loss"] };
        var table = Table(
            ("y", "a b c"), ("d", "a b b"), ("sex", "F M M"), ("p-a", "0.5 0 0.25"), ("p-b", "0.5 1 0.5"), ("p-c", "0 0 0.25"));

        // -(ln 0.5 + ln 1 + ln 0.25) / 3 = ln 2.
        Assert.AreEqual(
            Math.Log(2), Audit.Compute(table, options, default).Metrics["multiclass-log-loss"].Value, 1e-15);
        var without = new Table(table.Columns.Where(column => column.Name != "p-c"));
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => Audit.Compute(without, options, default)).Message,
            "--score p-c: the file has no such column");
    }

    [TestMethod]
    [DataRow("roc-auc", "1 0", "--score")]
    [DataRow("value-unfairness", "2 3", "item by item")]
    [DataRow("counterfactual-flip-rate", "1 0", "an audit has no model")]
    public void Compute_MetricThatNeedsMore_IsRefused(string metric, string labels, string expected)
    {
        var table = Table(("y", labels), ("d", labels), ("sex", "F M"));
        var options = Options("sex") with { Metrics = [metric] };

        var refusal = Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, options, default));

        StringAssert.StartsWith(refusal.Message, $"--metrics {metric}: ");
        StringAssert.Contains(refusal.Message, expected);
    }

    [TestMethod]
    public void Compute_IdentityTerms_AreGroupsOfWhatTextsMention()
    {
        // Mentioned: she; he and she; none; he. Decided right: yes, no, yes, yes.
        var table = Table(("y", "1 1 0 0"), ("d", "1 0 0 0"), ("t", "she he+she it he"), ("s", ".9 .4 .5 .2"));
        var options = Options() with { Text = "t", Identity = ["gender"], Score = "s" };

        var figures = Audit.Compute(table, options, default);

        var (female, male) = (figures.Groups["gender-terms"]["female"], figures.Groups["gender-terms"]["male"]);
        Assert.AreEqual((2, 2), (female.Count, male.Count));
        Assert.AreEqual((0.5, 0.5), (female.Values["accuracy"].Value, male.Values["accuracy"].Value));

        // Of male terms the positive has 0.4, and the only negative of their background 0.5.
        Assert.AreEqual(0.0, male.Values["bnsp-auc"].Value);
        Assert.AreEqual(0.0, figures.Fairness["accuracy-difference(gender-terms)"].Value);
        Assert.IsTrue(figures.Fairness.ContainsKey("bias-auc(gender-terms)"));
    }

    [TestMethod]
    [DataRow("gender", null, "--text")]
    [DataRow("gendre", "t", "Did you mean 'gender'?")]
    [DataRow("none.yaml", "t", "none.yaml: there is no such lexicon")]
    [DataRow("gender", "u", "--text u: the file has no such column")]
    public void Compute_IdentityMistake_IsRefused(string identity, string? text, string expected)
    {
        var table = Table(("y", "1 0"), ("d", "1 0"), ("t", "she he"));
        var options = Options() with { Text = text, Identity = [identity] };

        Assert.Contains(
            expected, Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, options, default)).Message);
    }

    [TestMethod]
    public void Compute_GroupTwice_IsRefused()
    {
        var table = Table(("y", "1 0"), ("d", "1 0"), ("sex", "F M"));

        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => Audit.Compute(table, Options("sex", "sex"), default)).Message,
            "--group sex: the column is named twice");
    }

    private static EvaluationFigures Compute(params (string Name, string Values)[] columns) =>
        Audit.Compute(Table(columns), Options([.. columns.Skip(2).Select(c => c.Name)]), default);

    private static AuditOptions Options(params string[] groups) => new()
    {
        Label = "y",
        Prediction = "d",
        Groups = groups,
        BootstrapSamples = 0,
        MinimumGroupSize = 1,
    };

    private static Table Table(params (string Name, string Values)[] columns) => new(columns.Select(
        c => CategoricalColumn.FromValues(c.Name, c.Values.Split(' ').Select(v => v == "-" ? null : v))));
}
