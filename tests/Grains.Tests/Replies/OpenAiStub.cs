using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>An OpenAI-compatible server on the loopback interface that responds as scripted and records the request bodies.</summary>
internal sealed class OpenAiStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _bodies = new();

    private OpenAiStub(Func<HttpContext, Task> respond)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", async context =>
        {
            _bodies.Enqueue(await JsonSerializer.DeserializeAsync<JsonElement>(
                context.Request.Body, cancellationToken: context.RequestAborted));
            await respond(context);
        });
    }

    public IReadOnlyList<JsonElement> Bodies => [.. _bodies];

    public string Endpoint =>
        $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1";

    public static async Task<OpenAiStub> StartAsync(Func<HttpContext, Task> respond)
    {
        var stub = new OpenAiStub(respond);
        await stub._app.StartAsync();
        return stub;
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null, string code = "stub") => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsJsonAsync(new { error = new { message = "Stubbed.", type = "stub", code } }, context.RequestAborted);
    };

    /// <summary>Streams the pieces, the finish reason, the usage and the end marker.</summary>
    public static Func<HttpContext, Task> Stream(params string[] pieces) => async context =>
    {
        await BeginAsync(context, pieces);
        await SendAsync(context, Chunk(new { }, "stop"));
        await SendAsync(context, JsonSerializer.Serialize(new
        {
            id = "stub",
            @object = "chat.completion.chunk",
            created = 1,
            model = "tiny",
            choices = Array.Empty<object>(),
            usage = new { prompt_tokens = 11, completion_tokens = 4, total_tokens = 15 },
        }));
        await SendAsync(context, "[DONE]");
    };

    /// <summary>Streams the pieces and aborts the connection when the task completes, so that the pieces have arrived before.</summary>
    public static Func<HttpContext, Task> Cut(Task when, params string[] pieces) => async context =>
    {
        await BeginAsync(context, pieces);
        await when.WaitAsync(context.RequestAborted);
        context.Abort();
    };

    /// <summary>Streams the pieces and closes the response normally, as a proxy does when its upstream server dies.</summary>
    public static Func<HttpContext, Task> Close(params string[] pieces) => context => BeginAsync(context, pieces);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task BeginAsync(HttpContext context, string[] pieces)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in pieces)
            await SendAsync(context, Chunk(new { role = "assistant", content = piece }, null));
    }

    private static string Chunk(object delta, string? finish) => JsonSerializer.Serialize(new
    {
        id = "stub",
        @object = "chat.completion.chunk",
        created = 1,
        model = "tiny",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    });

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
