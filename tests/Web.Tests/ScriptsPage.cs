namespace JubileeVerse.Web.Tests;

/// <summary>One blank page that can import the page's modules and the test scripts.</summary>
public sealed class ScriptsPage(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const string BlankPath = "/js/tests/blank.html";

    private Visitor? _visitor;

    public static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "Scripts", script);

    public async Task<Visitor> OpenAsync()
    {
        if (_visitor is not null)
            return _visitor;

        var visitor = await VisitAsync(path: "about:blank");
        await visitor.Page.RouteAsync("**/js/tests/*", route => route.FulfillAsync(new()
        {
            Path = PathOf(Path.GetFileName(new Uri(route.Request.Url).AbsolutePath)),
            ContentType = route.Request.Url.EndsWith(BlankPath, StringComparison.Ordinal) ? "text/html" : "text/javascript",
        }));
        await visitor.Page.GotoAsync(BlankPath);
        return _visitor = visitor;
    }
}
