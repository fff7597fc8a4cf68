namespace JubileeVerse.Web.Tests;

/// <summary>One browser for all tests: the installed one. No browser is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private const float ExpectTimeoutMs = 45_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The reason why the tests cannot run, or null. Under <c>CI=true</c> a missing browser fails the tests.</summary>
    public static string? Missing { get; } = File.Exists(Executable) ? null : $"No {Executable}; install the package chromium.";

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                throw new InvalidOperationException(Missing);
            return;
        }

        SetDefaultExpectTimeout(ExpectTimeoutMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>Creates a separate profile without cookies or stored data.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        (_browser ?? throw new InvalidOperationException(Missing)).NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
