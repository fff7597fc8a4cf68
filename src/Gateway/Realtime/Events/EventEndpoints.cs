using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>Channels as server-sent events.</summary>
internal static class EventEndpoints
{
    /// <summary>As it is called in the query.</summary>
    public const string ChannelField = "channel";

    private const string LastEventId = "Last-Event-ID";

    private static readonly string CountRule = $"1 to {EventLinks.MaxChannels} channels are expected.";

    public static void MapEvents(this IEndpointRouteBuilder app) => app.MapGet("/api/events", OpenAsync)
        .RequireAuthorization()
        .WithTags("Events")
        .Produces(StatusCodes.Status200OK, null, ReplyStreamResult.ContentType);

    private static Task<IResult> OpenAsync(string[] channel, string? lastEventId, HttpContext context, EventLinks links)
    {
        var channels = channel.Distinct(StringComparer.Ordinal).Select(name => new ChannelName(name)).ToArray();
        var faults = new Faults();
        faults.AddIf(channels.Length is < 1 or > EventLinks.MaxChannels, ChannelField, CountRule);
        faults.AddIf(Array.Exists(channels, name => name.Kind == ChannelKind.Unknown), ChannelField, ChannelAccess.NameRule);
        faults.ThrowIfAny();

        // The header is an EventSource's own, and newer than its address.
        var known = EventCursor.Parse(context.Request.Headers[LastEventId]) ?? EventCursor.Parse(lastEventId);
        return links.OpenAsync(context, channels, known);
    }
}
