using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Integration.Tests.Providers;

/// <summary>An OpenAI-compatible endpoint on loopback that streams what it was told to, after failing as often as it was told to.</summary>
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

    public string Answer => string.Concat(_pieces);

    /// <summary>The base address that a client is given.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <param name="failures">The statuses of the first calls; all others succeed.</param>
    /// <param name="pieces">What an answer is streamed in.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

        context.Response.ContentType = "text/event-stream";
        foreach (var piece in _pieces)
            await SendAsync(context, new { role = "assistant", content = piece }, null);
        await SendAsync(context, new { }, "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static async Task SendAsync(HttpContext context, object delta, string? finishReason)
    {
        var chunk = new
        {
            id = "stub-1",
            @object = "chat.completion.chunk",
            created = 0,
            model = "stub",
            choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
        };
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
