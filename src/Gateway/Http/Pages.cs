using Microsoft.Extensions.FileProviders;

namespace JubileeVerse.Gateway.Http;

/// <summary>Serves the web pages from files that are copied next to the assembly, so that every host serves the same ones.</summary>
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
        // File names contain no hash, so browsers must revalidate each time (304 by ETag) to see a new deployment immediately.
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No web pages found at {Root}; this process serves only the API.")]
    private static partial void LogNoPages(ILogger logger, string root);
}
