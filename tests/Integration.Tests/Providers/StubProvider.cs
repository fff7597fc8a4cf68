using System.Collections.Concurrent;
using JubileeVerse.Testing.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Integration.Tests.Providers;

/// <summary>
/// An OpenAI-compatible endpoint on loopback that fails its first calls with given statuses and streams given pieces after that.
/// </summary>
internal sealed class StubProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<int> _failures;
    private readonly string[] _pieces;
    private int _calls;

    private StubProvider(WebApplication app, IEnumerable<int> failures, string[] pieces)
    {
        _app = app;
        _failures = new ConcurrentQueue<int>(failures);
        _pieces = pieces;
    }

    public int Calls => Volatile.Read(ref _calls);

    public string ReplyText => string.Concat(_pieces);

    /// <summary>The base address for clients.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <param name="failures">The HTTP statuses of the first calls; all later calls succeed.</param>
    /// <param name="pieces">The pieces in which a completion is streamed.</param>
    public static async Task<StubProvider> StartAsync(IEnumerable<int> failures, string[] pieces, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubProvider(app, failures, pieces);
        app.MapPost("/v1/chat/completions", stub.CompleteAsync);
        await app.StartAsync(cancellationToken);
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        if (_failures.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new { error = new { message = "out of order", type = "server_error" } });
            return;
        }

        CompletionStream.Begin(context);
        foreach (var piece in _pieces)
            await CompletionStream.SendAsync(context, piece);
        await CompletionStream.EndAsync(context);
    }
}
