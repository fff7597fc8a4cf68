using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace JubileeVerse.Testing.Replies;

/// <summary>Writes a chat completion as an OpenAI-compatible endpoint streams it.</summary>
public static class CompletionStream
{
    public static void Begin(HttpContext context) => context.Response.ContentType = "text/event-stream";

    public static Task SendAsync(HttpContext context, string piece, CancellationToken cancellationToken = default) =>
        WriteAsync(context, new { role = "assistant", content = piece }, null, cancellationToken);

    public static async Task EndAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        await WriteAsync(context, new { }, "stop", cancellationToken);
        await context.Response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private static async Task WriteAsync(HttpContext context, object delta, string? finishReason, CancellationToken cancellationToken)
    {
        var chunk = new
        {
            id = "stub-1",
            @object = "chat.completion.chunk",
            created = 0,
            model = "stub",
            choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
        };
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
