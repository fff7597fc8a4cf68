using Microsoft.Extensions.FileProviders;

namespace JubileeVerse.Gateway.Http;

/// <summary>The web pages: plain files copied beside the assembly, so that every host serves the same ones.</summary>
internal static partial class Pages
{
    private const string Folder = "wwwroot";

    public static void UsePages(this WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, Folder);
        if (!Directory.Exists(root))
        {
            LogNoPages(app.Logger, root);
            return;
        }

        var files = new PhysicalFileProvider(root);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = served => served.Context.Response.Headers.CacheControl = "no-cache" });
    }

    // File names carry no hash, so a browser asks each time and is answered 304 by the ETag: a deploy is seen at once.
    [LoggerMessage(Level = LogLevel.Warning, Message = "There are no web pages at {Root}: only the API is served.")]
    private static partial void LogNoPages(ILogger logger, string root);
}
