using System.Buffers.Text;
using System.Security.Cryptography;
using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Realtime;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>Makes a link of a request for events.</summary>
internal sealed partial class EventLinks(
    LiveConnections connections,
    LinkSubscriptionsFactory subscriptions,
    UserPresenceFeed presence,
    LinkPump pump,
    ISessionStore sessions,
    IOptions<UserLinkOptions> userLinks,
    IOptions<DeliveryOptions> delivery,
    TimeProvider time,
    ILogger<EventLinks> logger)
{
    /// <summary>Of one stream: an address has no room for many more, nor has the cursor.</summary>
    public const int MaxChannels = 10;

    private const int IdBytes = 16;

    /// <summary>
    /// The stream, or why it cannot be. Where the cluster is away it is a stream too, which says so and ends: an EventSource that is refused stays
    /// away for good.
    /// </summary>
    public async Task<IResult> OpenAsync(HttpContext http, IReadOnlyList<ChannelName> channels, EventCursor? known)
    {
        var (user, aborted) = (http.User.UserId(), http.RequestAborted);
        var entered = new EventSubscriptions(subscriptions, user, MaxChannels, known);
        // A link disposes it, too; once is enough for both.
        http.Response.RegisterForDispose(entered);
        var isAway = false;
        foreach (var channel in channels)
        {
            var refusal = isAway ? null : await entered.EnterAsync(channel, aborted);
            isAway |= refusal == ErrorCode.Unavailable;
            if (refusal is { } code and not ErrorCode.Unavailable)
                return new ProblemResult(Refused(channel, code));
        }

        var link = Link(http, entered);
        _ = presence.HoldAsync(link.Connection);
        ChannelName[] own = [ChannelName.Of(user), ChannelName.Announcements];
        foreach (var channel in own)
        {
            if (isAway || link.Connection.ClosingCode is not null)
                break;
            var refusal = await entered.EnterAsync(channel, aborted);
            isAway |= refusal == ErrorCode.Unavailable;
            if (refusal is { } code)
                LogNotHeld(channel, code);
        }

        if (isAway)
            link.Connection.Close(CloseCodes.Lost);
        // It ends before it has begun, and its client goes on from where it was.
        if (link.Connection.ClosingCode is not null)
            entered.Keep(channels.Concat(own));
        return new EventStreamResult(link, Greeting(link) with { Positions = [.. entered.Begins] });
    }

    private static Problem Refused(ChannelName channel, ErrorCode code)
    {
        var rule = code == ErrorCode.NotFound ? $"No such channel: {channel}." : $"{ErrorTable.Of(code).Title} ({channel})";
        return new Problem(code, null, new Dictionary<string, string[]> { [EventEndpoints.ChannelField] = [rule] });
    }

    private EventLink Link(HttpContext http, EventSubscriptions entered)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        var userLink = new UserLink(id, LinkTransport.EventStream, http.User.SessionSubject(), time.GetUtcNow());
        var connection = connections.Add(http.User.UserId(), http.RequestAborted, userLink);
        var expiry = TokenExpiry.Of(http, connection, sessions, time);
        var link = new EventLink(http, entered, expiry, connection, pump, time, delivery.Value.HeartbeatPeriod);
        // After the answer's last byte: a drain that waits for the last link waits for that, too.
        http.Response.RegisterForDispose(link);
        return link;
    }

    /// <summary>There is no way to send anything on it, so there is no limit to that.</summary>
    private Connected Greeting(EventLink link) => new(
        link.Connection.Link!.Id,
        (int)Math.Ceiling(delivery.Value.HeartbeatPeriod.TotalSeconds),
        new LinkLimits(FrameBytes: 0, CommandsPerSecond: 0, MaxChannels, userLinks.Value.LinksPerUser),
        time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new stream of events cannot hear {Channel}: {Code}")]
    private partial void LogNotHeld(ChannelName channel, ErrorCode code);
}
