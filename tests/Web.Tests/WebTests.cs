namespace JubileeVerse.Web.Tests;

/// <summary>The base of browser tests. Each visitor has its own profile, and an error in a page's console fails the test.</summary>
public abstract class WebTests(Chromium chromium, WebSite site) : IAsyncDisposable
{
    private readonly List<Visitor> _visitors = [];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var errors = _visitors.SelectMany(visitor => visitor.ConsoleErrors).ToList();
        foreach (var visitor in _visitors)
            await visitor.DisposeAsync();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>Opens the page as a new visitor.</summary>
    protected async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null, Uri? address = null, string path = "/")
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        options ??= new BrowserNewContextOptions();
        // Animations are off, so that no assertion waits for one.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.BaseURL = (address ?? site.Address).AbsoluteUri;
        var visitor = await Visitor.OpenAsync(await chromium.NewContextAsync(options));
        _visitors.Add(visitor);
        await visitor.Page.GotoAsync(path);
        return visitor;
    }

    /// <summary>Opens the visitor's page in another tab, optionally at another server or with WebSockets blocked.</summary>
    protected async Task<Visitor> OpenAnotherTabAsync(Visitor visitor, Uri? address = null, bool hasWebSockets = true)
    {
        var other = await visitor.OpenTabAsync();
        _visitors.Add(other);
        if (!hasWebSockets)
            await other.Page.RouteWebSocketAsync("**/hubs/chat", socket => socket.CloseAsync());
        var url = new Uri(visitor.Page.Url);
        await other.Page.GotoAsync(new Uri(address ?? url, url.PathAndQuery + url.Fragment).AbsoluteUri);
        return other;
    }
}
