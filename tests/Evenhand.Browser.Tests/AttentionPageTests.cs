using Evenhand.Experiments.Explanations;
using Evenhand.TestKit.Learning;
using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>The view of attention: [CLS] so &lt;second&gt; so [SEP], in two heads. Each piece of the first looks at the
/// next one, those of the second look at all alike.</summary>
[TestClass]
public sealed class AttentionPageTests
{
    private static readonly string[] Names = ["[CLS]", "so (2)", LeaderboardFixture.Hostile, "so (4)", "[SEP]"];

    [TestMethod]
    public async Task Page_HostileText_ShowsItAsText()
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;

        Assert.IsNull(await page.EvaluateAsync<int?>("window.broken"));
        Assert.AreEqual(0, await page.Locator("img").CountAsync());
        Assert.AreEqual(
            $"[CLS]so {LeaderboardFixture.Hostile} so[SEP]", await page.Locator(".pieces").TextContentAsync());
        Assert.AreEqual(LeaderboardFixture.Hostile, await page.TitleAsync());
    }

    [TestMethod]
    public async Task Head_Chosen_ChangesMapAndFigures()
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;

        // (1 + 0.2) / 2 from each piece to the next, 0.2 / 2 to all others.
        Assert.AreEqual("“[CLS]” attends most to “so (2)”: 0.600.", await ReadoutAsync(page));
        Assert.AreSequenceEqual(["so (2)0.600", "[CLS]0.100"], (await FiguresAsync(page)).Take(2));
        Assert.AreEqual("0.600", await page.Locator(".largest").TextContentAsync());
        var mean = await AlphasAsync(page);
        await ChooseAsync(page, "head", "1");
        var first = await AlphasAsync(page);
        await ChooseAsync(page, "head", "2");
        var second = await AlphasAsync(page);

        for (var from = 0; from < 5; from++)
        {
            for (var to = 0; to < 5; to++)
            {
                var next = to == (from + 1) % 5;
                Assert.AreEqual(next ? 1 : 0.1 / 0.6, mean[from][to], 0.01);
                Assert.AreEqual(next ? 1 : 0, first[from][to], 0.01);
                Assert.AreEqual(1, second[from][to], 0.01);
            }
        }

        Assert.Contains("head 2", await page.Locator("canvas").GetAttributeAsync("aria-label") ?? "");
        Assert.AreEqual("0.200", await page.Locator(".largest").TextContentAsync());
    }

    [TestMethod]
    public async Task Pieces_WalkedByKeyboard_TellWhatTheyAttendTo()
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;
        await ChooseAsync(page, "head", "1");
        await page.Locator("[role=option][tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");

        Assert.AreEqual(Names[2], await page.EvaluateAsync<string>("document.activeElement.dataset.piece"));
        Assert.AreEqual($"“{Names[2]}” attends most to “so (4)”: 1.000.", await ReadoutAsync(page));
        Assert.AreSequenceEqual(["so (4)"], await LitAsync(page));
        Assert.AreSequenceEqual([Names[2]], await NamesAsync(page, "[aria-selected=true]"));
        await ChooseAsync(page, "side", "what attends to a piece");
        Assert.AreEqual($"“{Names[2]}” gets most from “so (2)”: 1.000.", await ReadoutAsync(page));
        Assert.AreSequenceEqual(["so (2)"], await LitAsync(page));

        await page.Locator("[aria-selected=true]").FocusAsync();
        await page.Keyboard.PressAsync("End");
        Assert.AreSequenceEqual(["[SEP]"], await NamesAsync(page, "[aria-selected=true]"));
        await page.Keyboard.PressAsync("Home");
        Assert.AreSequenceEqual(["[CLS]"], await NamesAsync(page, "[aria-selected=true]"));
    }

    [TestMethod]
    public async Task Pointer_OverPieceAndMap_ShowsWhatIsUnderIt()
    {
        await using var opened = await OpenAsync();
        var page = opened.Page;
        await ChooseAsync(page, "head", "1");
        await page.Locator("[data-piece='so (4)']").HoverAsync();
        Assert.AreSequenceEqual(["[SEP]"], await LitAsync(page));
        await page.Locator("h1").HoverAsync();
        Assert.AreSequenceEqual(["so (2)"], await LitAsync(page));

        // The last cell of the map: what the last piece pays to itself.
        var box = (await page.Locator("canvas").BoundingBoxAsync())!;
        var corner = new LocatorHoverOptions { Position = new Position { X = box.Width - 5, Y = box.Height - 5 } };
        await page.Locator("canvas").HoverAsync(corner);
        Assert.AreEqual("“[SEP]” attends to “[SEP]” with 0.000.", await ReadoutAsync(page));
        await page.Locator("canvas").ClickAsync(
            new LocatorClickOptions { Position = new Position { X = box.Width - 5, Y = box.Height - 5 } });
        Assert.AreSequenceEqual(["[SEP]"], await NamesAsync(page, "[aria-selected=true]"));
    }

    [TestMethod]
    public async Task Fragment_TwiceOnOnePage_BothWorkAlone()
    {
        var fragment = AttentionHtml.Fragment(AttentionSamples.Of());
        var html = $"<!DOCTYPE html><meta charset=\"utf-8\"><title>Notebook</title>{fragment}{fragment}";
        await using var opened = await OpenPage.OpenHtmlAsync("attention-notebook.html", html);
        var page = opened.Page;
        await ChooseAsync(page, "head", "1");

        Assert.AreSequenceEqual(["1.000", "0.600"], await page.Locator(".largest").AllTextContentsAsync());
        Assert.AreEqual(2, await page.Locator("[aria-selected=true]").CountAsync());
    }

    [TestMethod]
    [DataRow(1360, 900, ColorScheme.Light)]
    [DataRow(390, 844, ColorScheme.Dark)]
    public async Task Page_AnyScreen_FitsItsWidth(int width, int height, ColorScheme scheme)
    {
        await using var opened = await OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        Assert.IsLessThanOrEqualTo(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var ground = await opened.Page.EvaluateAsync<string>(
            "getComputedStyle(document.querySelector('figure')).backgroundColor");
        Assert.AreEqual(scheme == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(24, 27, 31)", ground);
    }

    private static Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null) => OpenPage.OpenHtmlAsync(
        "attention.html",
        AttentionHtml.Page(AttentionSamples.Of(second: LeaderboardFixture.Hostile), LeaderboardFixture.Hostile),
        options);

    private static async Task ChooseAsync(IPage page, string name, string label) =>
        await page.Locator($"select[name={name}]").First.SelectOptionAsync(new SelectOptionValue { Label = label });

    private static Task<string?> ReadoutAsync(IPage page) => page.Locator(".readout").TextContentAsync();

    private static async Task<IReadOnlyList<string>> FiguresAsync(IPage page) =>
        await page.Locator(".figures tbody tr").AllTextContentsAsync();

    private static Task<string[]> LitAsync(IPage page) => NamesAsync(page, ".lit");

    private static Task<string[]> NamesAsync(IPage page, string selector) => page.EvaluateAsync<string[]>(
        "selector => [...document.querySelectorAll(selector)].map(e => e.dataset.piece)", selector);

    // How strong the colour in the middle of each cell is, by attending and attended piece; cells are 24 pixels wide.
    private static Task<double[][]> AlphasAsync(IPage page) => page.EvaluateAsync<double[][]>("""
        () => {
          const canvas = document.querySelector("canvas");
          const ratio = window.devicePixelRatio, cell = 24 * ratio, margin = canvas.width - 5 * cell;
          const at = i => Math.round(margin + (i + 0.5) * cell);
          const copy = new OffscreenCanvas(canvas.width, canvas.height);
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          return [0, 1, 2, 3, 4].map(from => [0, 1, 2, 3, 4].map(
            to => context.getImageData(at(to), at(from), 1, 1).data[3] / 255));
        }
        """);
}
