using System.Globalization;
using System.Text.Json;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Reports;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Experiments.Reports.Sections;
using Evenhand.Experiments.Tables;
using Evenhand.Plots;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

[TestClass]
public sealed class LeaderboardPageTests
{
    private const int Trials = 30;

    private static string file = "";

    [ClassInitialize]
    public static void WritePage(TestContext context)
    {
        file = Written("leaderboard.html", LeaderboardFixture.Make(Trials));
    }

    [TestMethod]
    public async Task Page_Opened_ShowsStudyChartAndRankedTable()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        Assert.AreEqual("movielens-fair-ratings", await page.Locator("h1").TextContentAsync());
        Assert.Contains("Trial", await page.Locator("#headline").TextContentAsync() ?? "");
        await page.Locator("#chart svg.main-svg").First.WaitForAsync();

        // 28 finished trials, each one point; the ring around the chosen trial is not drawn yet.
        Assert.AreEqual(28, await page.Locator("#chart .scatterlayer .point").CountAsync());
        Assert.IsTrue(await page.Locator("#chart .scatterlayer .js-line").First.IsVisibleAsync());
        Assert.AreSequenceEqual(
            Enumerable.Range(1, 28).Select(rank => rank.ToString(CultureInfo.InvariantCulture)),
                await ColumnAsync(page, 0));
        Assert.AreEqual(2, await page.Locator("#failure-list li").CountAsync());
    }

    [TestMethod]
    public async Task Page_HostileNames_ShowsThemAsText()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        Assert.IsNull(await page.EvaluateAsync<int?>("window.broken"));
        Assert.Contains(LeaderboardFixture.Hostile, await page.Locator("#failure-list").TextContentAsync() ?? "");
        await RowOf(page, 5).ClickAsync();
        Assert.Contains(LeaderboardFixture.Hostile,
            await page.Locator("tr.detail .pairs").Last.TextContentAsync() ?? "");
        Assert.Contains(LeaderboardFixture.Hostile,
            await page.Locator("tr.detail .figures").Last.TextContentAsync() ?? "");
        Assert.AreEqual(0, await page.Locator("img").CountAsync());
    }

    [TestMethod]
    public async Task Detail_TrialWithReports_DrawsACurveForEachMeasure()
    {
        await using var opened = await OpenPage.OpenAsync(Written("curves.html", LeaderboardFixture.WithCurves(6)));
        var page = opened.Page;
        await RowOf(page, 1).ClickAsync();
        var curves = page.Locator("tr.detail .curve");
        Assert.AreEqual(3, await curves.CountAsync());
        Assert.AreEqual(
            "rmse by step, 1.2000 to 0.9000", await curves.First.Locator("svg").GetAttributeAsync("aria-label"));

        // The gap is undefined at the second of four steps: the line breaks there.
        var path = await curves.Nth(1).Locator("path").GetAttributeAsync("d") ?? "";
        Assert.AreEqual((2, 1), (path.Count(c => c == 'M'), path.Count(c => c == 'L')));
        Assert.IsTrue(await curves.First.Locator("path").IsVisibleAsync());
    }

    [TestMethod]
    public async Task Page_PrunedTrial_StandsApartWithItsCurves()
    {
        await using var opened = await OpenPage.OpenAsync(Written("pruned.html", LeaderboardFixture.WithCurves(6)));
        var page = opened.Page;
        Assert.AreEqual(1, await page.Locator("#pruned li").CountAsync());
        Assert.Contains(
            "Trial 4, matrix-factorization, after step 4", await page.Locator("#pruned li").InnerTextAsync());
        Assert.AreEqual(3, await page.Locator("#pruned li .curve").CountAsync());
        Assert.Contains("1 pruned", await page.Locator("#facts").InnerTextAsync());
        Assert.AreEqual(0, await page.Locator("#trials tr[data-number='4']").CountAsync());
        Assert.AreEqual(1, await page.Locator("#failure-list li").CountAsync());
    }

    [TestMethod]
    public async Task Page_HostileStudyName_StaysText()
    {
        var hostile = Written("hostile.html", LeaderboardFixture.Make(4, LeaderboardFixture.Hostile));
        await using var opened = await OpenPage.OpenAsync(hostile);
        Assert.AreEqual(LeaderboardFixture.Hostile, await opened.Page.Locator("h1").TextContentAsync());
        Assert.StartsWith(LeaderboardFixture.Hostile, await opened.Page.TitleAsync());
        Assert.IsNull(await opened.Page.EvaluateAsync<int?>("window.broken"));
    }

    [TestMethod]
    public async Task Header_Clicked_SortsAndTellsSo()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        var header = page.Locator("#trials thead th[data-key='figure rmse-difference(gender)']");
        Assert.AreEqual("none", await header.GetAttributeAsync("aria-sort"));
        Assert.AreEqual("ascending", await page.Locator("#trials thead th").First.GetAttributeAsync("aria-sort"));
        await header.Locator("button").ClickAsync();
        Assert.AreEqual("ascending", await header.GetAttributeAsync("aria-sort"));
        var column = await header.EvaluateAsync<int>("th => th.cellIndex");
        var ascending = await GapsAsync(page, column);
        Assert.AreSequenceEqual(ascending.Order(), ascending);

        // The header keeps the focus, so that the keyboard goes on where it was.
        await page.Keyboard.PressAsync("Enter");
        Assert.AreEqual("descending", await header.GetAttributeAsync("aria-sort"));
        var descending = await GapsAsync(page, column);
        Assert.AreSequenceEqual(descending.OrderDescending(), descending);
    }

    [TestMethod]
    public async Task Filters_Set_LeaveMatchingTrials()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        await page.FillAsync("#filter", "BIAS");
        Assert.AreEqual(3, await RowsAsync(page));
        Assert.Contains("3 that match, of 28", await page.Locator("#count").TextContentAsync() ?? "");
        await page.FillAsync("#filter", "square-loss approximationRank=64");
        var words = await page.Locator("tr.trial .params").AllTextContentsAsync();
        Assert.IsNotEmpty(words);
        Assert.IsTrue(words.All(w => w.Contains("approximationRank 64", StringComparison.Ordinal)));
        await page.FillAsync("#filter", "");

        var board = LeaderboardFixture.Make(Trials);
        await page.CheckAsync("#only-feasible");
        Assert.AreEqual(board.Trials.Count(t => t.Feasible), await RowsAsync(page));
        await page.CheckAsync("#only-pareto");
        Assert.AreEqual(board.Trials.Count(t => t.Pareto), await RowsAsync(page));
        await page.UncheckAsync("#only-feasible");
        await page.UncheckAsync("#only-pareto");
        await page.CheckAsync("#only-finalists");
        Assert.AreEqual(board.Trials.Count(t => t.Test is not null), await RowsAsync(page));
        await page.FillAsync("#filter", "no such learner");
        Assert.AreEqual("No trial matches the filters.", await page.Locator("td.empty").TextContentAsync());
    }

    [TestMethod]
    public async Task Row_OpenedByKeyboard_ShowsEveryFigureAndGroup()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        var expander = page.Locator("tr.trial .expander").First;
        await expander.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.AreEqual("true", await expander.GetAttributeAsync("aria-expanded"));
        var detail = page.Locator("tr.detail");
        string[] expected =
        [
            "mae", "rmse-difference(age-band)", "value-unfairness(gender)", "Test \u2212 validation", "+0.0041",
            "By gender, validation part", "By age-band, test part", "2,583", "50 and over", "too small",
        ];
        var text = await detail.InnerTextAsync();
        foreach (var part in expected)
        {
            Assert.Contains(part, text);
        }

        Assert.AreEqual(14, await detail.Locator("svg.interval").CountAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.AreEqual(0, await detail.CountAsync());
    }

    [TestMethod]
    public async Task Point_Clicked_OpensItsTrial()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        await page.FillAsync("#filter", "no such learner");
        var trace = await page.EvaluateAsync<int>(
            "document.getElementById('chart').data.findIndex(t => t.meta === 'best')");
        var best = await page.EvaluateAsync<int>($"document.getElementById('chart').data[{trace}].customdata[0]");
        var box = await page.EvaluateAsync<JsonElement>("""
            () => { const all = [...document.querySelectorAll('#chart .scatterlayer .point')];
                    const r = all.at(-1).getBoundingClientRect();
                        return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; }
            """);
        await page.Mouse.MoveAsync(box.GetProperty("x").GetSingle(), box.GetProperty("y").GetSingle());
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        await page.Locator("tr.detail").WaitForAsync();
        Assert.AreEqual(best, LeaderboardFixture.Make(Trials).Best);
        Assert.IsTrue(await RowOf(page, best).EvaluateAsync<bool>("row => row.classList.contains('open')"));
        Assert.AreEqual("", await page.InputValueAsync("#filter"), "a filter that hides the trial is lifted");
        Assert.AreEqual(29, await page.Locator("#chart .scatterlayer .point").CountAsync(),
            "the ring joins the points");
    }

    [TestMethod]
    public async Task Axes_ChangedAndBack_DrawTheSameFigureAsTheLibrary()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        var page = opened.Page;
        const string traces = """
            JSON.stringify(document.getElementById('chart').data.filter(t => t.meta !== 'selected')
                .map(t => [t.name, t.x, t.y, t.error_x?.array, t.error_y?.arrayminus, t.line?.shape, t.hovertemplate]))
            """;
        var drawn = await page.EvaluateAsync<string>(traces);

        await page.SelectOptionAsync("#axis-x", "mae-ratio(gender)");
        var other = await page.EvaluateAsync<string>(traces);
        Assert.AreNotEqual(drawn, other);
        Assert.Contains("higher is better", await page.Locator("#chart-caption").TextContentAsync() ?? "");
        Assert.Contains("\"vh\"", other);
        var expected = LeaderboardFigures.Pareto(LeaderboardFixture.Make(Trials), x: "mae-ratio(gender)");
        var library = await page.EvaluateAsync<string>(
            "json => JSON.stringify(JSON.parse(json).data"
            + ".map(t => [t.name, t.x, t.y, t.error_x?.array, t.error_y?.arrayminus, t.line?.shape, t.hovertemplate]))",
            expected.ToJson());
        Assert.AreEqual(library, other);
        await page.SelectOptionAsync("#axis-x", "rmse");
        Assert.AreEqual(drawn, await page.EvaluateAsync<string>(traces));
    }

    [TestMethod]
    public async Task Bounds_Checked_DrawsErrorBars()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        Assert.AreEqual(0, await opened.Page.Locator("#chart .errorbar").CountAsync());
        await opened.Page.CheckAsync("#error-bars");
        Assert.AreEqual(28, await opened.Page.Locator("#chart .errorbar").CountAsync());
    }

    [TestMethod]
    public async Task Columns_Chosen_JoinTheTable()
    {
        await using var opened = await OpenPage.OpenAsync(file);
        await opened.Page.Locator(".menu summary").ClickAsync();
        await opened.Page.Locator("#columns label",
            new PageLocatorOptions { HasTextString = "value-unfairness" }).ClickAsync();
        Assert.AreEqual(1, await opened.Page.Locator("th[data-key='figure value-unfairness(gender)']").CountAsync());
    }

    [TestMethod]
    [DataRow("light-wide", 1360, 900, ColorScheme.Light)]
    [DataRow("dark-wide", 1360, 900, ColorScheme.Dark)]
    [DataRow("light-phone", 390, 844, ColorScheme.Light)]
    [DataRow("dark-phone", 390, 844, ColorScheme.Dark)]
    public async Task Page_AnyScreen_FitsItsWidth(string name, int width, int height, ColorScheme scheme)
    {
        await using var opened = await OpenPage.OpenAsync(file, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = opened.Page;
        await RowOf(page, LeaderboardFixture.Make(Trials).Best!.Value).ClickAsync();
        Assert.IsLessThanOrEqualTo(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"leaderboard-{name}.png"),
            FullPage = true,
        });
    }

    [TestMethod]
    public async Task Page_TenThousandTrials_HoldsFiftyOfThemAtATime()
    {
        // What a page costs grows with its elements: rows of other pages of the table are not among them.
        var large = Written("large.html", LeaderboardFixture.Make(10_000));
        await using var opened = await OpenPage.OpenAsync(large);
        var page = opened.Page;
        await page.Locator("#chart .scatterlayer .point").First.WaitForAsync();
        Assert.AreEqual(50, await RowsAsync(page));
        await page.ClickAsync("th[data-key='figure rmse-difference(gender)'] button");
        Assert.AreEqual(50, await RowsAsync(page));
        await page.ClickAsync("#next");
        Assert.Contains("51 to 100 of", await page.Locator("#count").TextContentAsync() ?? "");
        Assert.AreEqual(50, await RowsAsync(page));
    }

    [TestMethod]
    public async Task Sections_WithoutAPlaceOfTheirOwn_AreDrawnAsTextTableAndFigure()
    {
        var board = LeaderboardFixture.WithCurves(8);
        var report = LeaderboardReport.Of(board);
        var path = Path.Combine(AppContext.BaseDirectory, "pages", "sections.html");
        LeaderboardPage.Write(path, board, report with
        {
            Sections =
            [
                .. report.Sections,
                new TextSection("words", "In words", ["One.", LeaderboardFixture.Hostile]),
                new TableSection("numbers", LeaderboardFixture.Hostile, () => new TextTable(
                    [new("name"), new("value", true)], [["rmse", "0.9"], [LeaderboardFixture.Hostile, "1"]])),
            ],
        });

        await using var opened = await OpenPage.OpenAsync(path);

        var page = opened.Page;
        var sections = page.Locator("#sections > section");
        Assert.AreEqual(3, await sections.CountAsync());
        Assert.AreEqual("Learning curves", await page.Locator("#section-curves").TextContentAsync());
        await sections.First.Locator(".scatterlayer .trace").First.WaitForAsync();
        Assert.AreEqual(7, await sections.First.Locator(".scatterlayer .trace").CountAsync());
        CollectionAssert.AreEqual(
            new[] { "One.", LeaderboardFixture.Hostile },
            (await sections.Nth(1).Locator("p").AllTextContentsAsync()).ToArray());
        CollectionAssert.AreEqual(
            new[] { "name", "value", "rmse", "0.9", LeaderboardFixture.Hostile, "1" },
            (await sections.Nth(2).Locator("th, td").AllTextContentsAsync()).ToArray());
        Assert.AreEqual(LeaderboardFixture.Hostile, await page.Locator("#section-numbers").TextContentAsync());
        Assert.IsFalse(await page.EvaluateAsync<bool>("'broken' in window"));
    }

    private static string Written(string name, Leaderboard leaderboard)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "pages", name);
        LeaderboardPage.Write(path, leaderboard);
        return path;
    }

    private static ILocator RowOf(IPage page, int trial) => page.Locator($"tr.trial[data-number='{trial}']");

    private static Task<int> RowsAsync(IPage page) => page.Locator("tr.trial").CountAsync();

    private static async Task<IReadOnlyList<string>> ColumnAsync(IPage page, int column) =>
        await page.Locator($"tr.trial > td:nth-child({column + 1})").AllTextContentsAsync();

    private static async Task<double[]> GapsAsync(IPage page, int column) =>
        await page.EvaluateAsync<double[]>(
            "column => [...document.querySelectorAll('tr.trial')]"
            + ".map(r => parseFloat(r.cells[column].firstChild.textContent))",
            column);
}
