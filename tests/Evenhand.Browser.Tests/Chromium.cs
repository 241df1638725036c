using Microsoft.Playwright;

namespace Evenhand.Browser.Tests;

/// <summary>The system's chromium, started once for all tests of this assembly.</summary>
[TestClass]
public sealed class Chromium
{
    /// <summary>Milliseconds after which a test gives up. It only ends the tests of a page that will never be as they
    /// expect it: no claim about speed, and no machine is so busy.</summary>
    public const float Patience = 600_000;

    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>The browser; without it a test is inconclusive and says what to install.</summary>
    public static async Task<IBrowser> GetAsync()
    {
        if (!File.Exists(Executable))
        {
            Assert.Inconclusive($"{Executable} is missing: apt-get install chromium");
        }

        playwright ??= await Playwright.CreateAsync();
        return browser ??= await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments, Timeout = Patience });
    }

    [AssemblyCleanup]
    public static async Task CloseAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }
}
