using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>A page opened from a file with the network cut off. Closing it fails if the page asked for anything else
/// than its file, or if the console held an error.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> _problems = [];
    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _problems.Add($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _problems.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _problems.Add($"request: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public static async Task<OpenPage> OpenAsync(string file, BrowserNewContextOptions? options = null)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1360, Height = 900 },
        });
        context.SetDefaultTimeout(Chromium.Patience);
        await context.SetOfflineAsync(true);
        var opened = new OpenPage(context, await context.NewPageAsync());
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    /// <summary>Writes a page into a file of its own and opens it.</summary>
    public static Task<OpenPage> OpenHtmlAsync(string name, string html, BrowserNewContextOptions? options = null)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "pages", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, html);
        return OpenAsync(path, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.IsEmpty(_problems, string.Join('\n', _problems));
    }
}
