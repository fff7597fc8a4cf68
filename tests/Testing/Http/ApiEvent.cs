using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace JubileeVerse.Testing.Http;

/// <summary>One server-sent event.</summary>
/// <param name="Id">The cursor after this event; null when the event has none.</param>
/// <param name="Type">The frame's type.</param>
public sealed record ApiEvent(string? Id, string Type, JsonElement Frame)
{
    public bool IsEnd => Type is "ai-response-complete" or "ai-response-error" or "ai-response-cancelled";

    public static async IAsyncEnumerable<ApiEvent> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return new ApiEvent(item.EventId, item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data));
    }
}
