using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>The endpoint that streams channels as server-sent events.</summary>
internal static class EventEndpoints
{
    /// <summary>The name of the query parameter.</summary>
    public const string ChannelField = "channel";

    private const string LastEventId = "Last-Event-ID";

    private static readonly string CountRule = $"1 to {EventConnectionFactory.MaxChannels} channels are expected.";

    public static void MapEvents(this IEndpointRouteBuilder app) => app.MapGet("/api/events", OpenAsync)
        .RequireAuthorization()
        .WithTags("Events")
        .Produces<string>(StatusCodes.Status200OK, SseWriter.ContentType);

    private static Task<Results<EventStreamResult, ProblemResult>> OpenAsync(
        string[] channel, string? lastEventId, HttpContext context, EventConnectionFactory factory)
    {
        var channels = channel.Distinct(StringComparer.Ordinal).Select(name => new ChannelName(name)).ToArray();
        var faults = new Faults();
        faults.AddIf(channels.Length is < 1 or > EventConnectionFactory.MaxChannels, ChannelField, CountRule);
        faults.AddIf(Array.Exists(channels, name => name.Kind == ChannelKind.Unknown), ChannelField, ChannelAccess.NameRule);
        faults.ThrowIfAny();

        // The header wins, because an EventSource sets it when it reconnects, while its URL keeps the older id.
        var known = EventCursor.Parse(context.Request.Headers[LastEventId]) ?? EventCursor.Parse(lastEventId);
        return factory.OpenAsync(context, channels, known);
    }
}
