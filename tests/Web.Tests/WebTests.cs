namespace JubileeVerse.Web.Tests;

/// <summary>Tests in a browser. Each visitor is someone else, and no page may complain in its console.</summary>
public abstract class WebTests(Chromium chromium, WebSite site) : IAsyncDisposable
{
    private readonly List<Visitor> _visitors = [];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var faults = _visitors.SelectMany(visitor => visitor.Faults).ToList();
        foreach (var visitor in _visitors)
            await visitor.DisposeAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Someone who opens the page for the first time.</summary>
    protected async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null, Uri? address = null, string path = "/")
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        options ??= new BrowserNewContextOptions();
        // Nothing is waited for that moves, and nothing drawn for nobody.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.BaseURL = (address ?? site.Address).AbsoluteUri;
        var visitor = await Visitor.ArriveAsync(await chromium.NewContextAsync(options));
        _visitors.Add(visitor);
        await visitor.Page.GotoAsync(path);
        return visitor;
    }

    /// <summary>What they have open, in another tab, and where it says so of another server, or where no socket can be had.</summary>
    protected async Task<Visitor> OpenAlsoAsync(Visitor visitor, Uri? address = null, bool hasSockets = true)
    {
        var other = await visitor.OpenTabAsync();
        _visitors.Add(other);
        if (!hasSockets)
            await other.Page.RouteWebSocketAsync("**/hubs/chat", link => link.CloseAsync());
        var url = new Uri(visitor.Page.Url);
        await other.Page.GotoAsync(new Uri(address ?? url, url.PathAndQuery + url.Fragment).AbsoluteUri);
        return other;
    }
}
