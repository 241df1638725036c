using Evenhand.Experiments.Leaderboards;
using Evenhand.Plots;

namespace Evenhand.Browser.Tests;

[TestClass]
public sealed class FigureTests
{
    [TestMethod]
    public async Task Page_Opened_DrawsTheFigure()
    {
        var figure = LeaderboardFigures.Pareto(LeaderboardFixture.Make(30), errorBars: true);
        await using var opened = await OpenPage.OpenHtmlAsync("figure.html", PlotlyHtml.Page(figure, "Pareto"));
        await opened.Page.Locator(".js-plotly-plot .scatterlayer .point").First.WaitForAsync();
        Assert.AreEqual(28, await opened.Page.Locator(".scatterlayer .point").CountAsync());
        Assert.AreEqual(0, await opened.Page.Locator(".modebar-btn[data-title*='cloud' i]").CountAsync());
    }

    [TestMethod]
    public async Task Notebook_TwoOutputsOnOnePage_BothDraw()
    {
        var board = LeaderboardFixture.Make(30);
        var pareto = PlotlyHtml.Notebook(LeaderboardFigures.Pareto(board));
        var groups = PlotlyHtml.Notebook(LeaderboardFigures.Groups(board.Trials[0], "gender", "rmse"));
        var html = $"<!DOCTYPE html><meta charset=\"utf-8\"><title>Notebook</title>{pareto}{groups}{pareto}";
        await using var opened = await OpenPage.OpenHtmlAsync("notebook.html", html);
        await opened.Page.Locator(".barlayer .point").First.WaitForAsync();
        Assert.AreEqual(3, await opened.Page.Locator(".js-plotly-plot").CountAsync());
        Assert.AreEqual(2 * 28, await opened.Page.Locator(".scatterlayer .point").CountAsync());
        Assert.AreEqual(2, await opened.Page.Locator(".barlayer .point").CountAsync());
    }
}
