using Evenhand.Cli.Output;
using Evenhand.Experiments.Reports;
using Evenhand.Experiments.Tables;
using Evenhand.Plots;

namespace Evenhand.Cli.Tests;

[TestClass]
public sealed class ReportScreenTests
{
    [TestMethod]
    public void Write_EveryKindOfSection_PrintsAllButFigures()
    {
        using var output = new StringWriter { NewLine = "\n" };

        ReportScreen.Write(output, new Report("study",
        [
            new TextSection("words", "", ["One.", "Two."]),
            new TableSection("groups", "By group", () => new TextTable(
                [new("group"), new("rmse", true)], [["F", "0.9"], ["other", "1.1"]])),
            new FigureSection("curves", "Learning curves", () => new PlotlyFigure { Data = [] }),
            new TextSection("notes", "Notes", ["Three."]),
        ]));

        Assert.AreEqual("""
            One.
            Two.
            By group

              group   rmse
            ────────────────
              F        0.9
              other    1.1

            Notes
            Three.

            """.ReplaceLineEndings("\n"), output.ToString());
    }
}
