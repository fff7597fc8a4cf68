using System.Buffers.Text;
using System.Security.Cryptography;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Gateway.Realtime.Feeds;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Creates the connection of a request for events.</summary>
internal sealed partial class EventConnectionFactory(
    LiveConnections connections,
    ConnectionSubscriptionsFactory subscriptions,
    UserPresenceFeed presence,
    ConnectionPump pump,
    ISessionStore sessions,
    IOptions<UserConnectionOptions> userConnectionOptions,
    IOptions<DeliveryOptions> delivery,
    TimeProvider time,
    ILogger<EventConnectionFactory> logger)
{
    /// <summary>The limit of one stream, because neither a URL nor the cursor has room for many more.</summary>
    public const int MaxChannels = 10;

    private const int IdBytes = 16;

    /// <summary>
    /// Returns the stream, or the problem that prevents it. When the cluster is unavailable it returns a stream that sends a closing
    /// frame and ends, because an EventSource does not reconnect after an error response.
    /// </summary>
    public async Task<Results<EventStreamResult, ProblemResult>> OpenAsync(
        HttpContext http, IReadOnlyList<ChannelName> channels, EventCursor? known)
    {
        var (user, aborted) = (http.User.UserId(), http.RequestAborted);
        var channelSubscriptions = new EventSubscriptions(subscriptions, user, MaxChannels, known);
        // The connection disposes it, too; Dispose may be called twice.
        http.Response.RegisterForDispose(channelSubscriptions);
        var isUnavailable = false;
        foreach (var channel in channels)
        {
            var refusal = isUnavailable ? null : await channelSubscriptions.AddChannelAsync(channel, aborted);
            isUnavailable |= refusal == ErrorCode.Unavailable;
            if (refusal is { } code and not ErrorCode.Unavailable)
                return new ProblemResult(Refused(channel, code));
        }

        var connection = CreateConnection(http, channelSubscriptions);
        _ = presence.TrackAsync(connection.Live);
        ChannelName[] own = [ChannelName.For(user), ChannelName.Announcements];
        foreach (var channel in own)
        {
            if (isUnavailable || connection.Live.ClosingCode is not null)
                break;
            var refusal = await channelSubscriptions.AddChannelAsync(channel, aborted);
            isUnavailable |= refusal == ErrorCode.Unavailable;
            if (refusal is { } code)
                LogRefused(channel, code);
        }

        if (isUnavailable)
            connection.Live.Close(CloseCodes.Unreachable);
        // The stream ends before it has started, and its client keeps its positions for the next attempt.
        if (connection.Live.ClosingCode is not null)
            channelSubscriptions.KeepPositions(channels.Concat(own));
        return new EventStreamResult(connection, Greeting(connection) with { Positions = [.. channelSubscriptions.StartPositions] });
    }

    private static Problem Refused(ChannelName channel, ErrorCode code)
    {
        var rule = code == ErrorCode.NotFound ? $"No such channel: {channel}." : $"{ErrorTable.For(code).Title} ({channel})";
        return new Problem(code, null, new Dictionary<string, string[]> { [EventEndpoints.ChannelField] = [rule] });
    }

    private EventConnection CreateConnection(HttpContext http, EventSubscriptions channelSubscriptions)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        var userConnection = new UserConnection(id, ConnectionTransport.EventStream, http.User.SessionSubject(), time.GetUtcNow());
        var live = connections.Add(http.User.UserId(), http.RequestAborted, userConnection);
        var expiry = TokenExpiry.Create(http, live, sessions, time);
        var connection = new EventConnection(http, channelSubscriptions, expiry, live, pump, time, delivery.Value.HeartbeatPeriod);
        // It is disposed after the response's last byte, so that a drain also waits for the response of the last connection.
        http.Response.RegisterForDispose(connection);
        return connection;
    }

    /// <summary>
    /// Creates the greeting. The limits for frames and commands are 0, because a client cannot send anything on an event stream.
    /// </summary>
    private Connected Greeting(EventConnection connection) => new(
        connection.Live.UserConnection!.Id,
        (int)Math.Ceiling(delivery.Value.HeartbeatPeriod.TotalSeconds),
        new ConnectionLimits(FrameBytes: 0, CommandsPerSecond: 0, MaxChannels, userConnectionOptions.Value.LinksPerUser),
        time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new event stream could not subscribe to {Channel}: {Code}")]
    private partial void LogRefused(ChannelName channel, ErrorCode code);
}
