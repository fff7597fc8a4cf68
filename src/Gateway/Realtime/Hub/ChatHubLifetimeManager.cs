using JubileeVerse.Errors;
using JubileeVerse.Gateway.Realtime.Presence;
using JubileeVerse.Gateway.Realtime.Subscriptions;
using JubileeVerse.Realtime;
using JubileeVerse.Rules;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Starts a <see cref="HubConnection"/> for each SignalR connection. Frames are sent only through it, because SignalR's own groups and
/// broadcasts do not carry a channel's position; those methods therefore throw.
/// </summary>
internal sealed partial class ChatHubLifetimeManager(
    HubConnectionFactory hubConnections, UserPresenceFeed presence, ILogger<ChatHubLifetimeManager> logger)
    : HubLifetimeManager<ChatHub>
{
    /// <summary>SignalR reads the client's commands once this has completed.</summary>
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var hubConnection = hubConnections.Create(connection);
        await hubConnection.SendAsync(hubConnections.CreateGreeting(hubConnection));
        hubConnection.Start();
        // The call is not awaited, because the feed retries until the user's grain has acknowledged the connection.
        _ = presence.TrackAsync(hubConnection.Live);
        await SubscribeAsync(hubConnection, ChannelName.For(hubConnection.Live.UserId), connection.ConnectionAborted);
        await SubscribeAsync(hubConnection, ChannelName.Announcements, connection.ConnectionAborted);
    }

    /// <summary>
    /// Does nothing, because the connection ends a little later, with its socket: see <see cref="HubConnectionFactory.Create"/>.
    /// </summary>
    public override Task OnDisconnectedAsync(HubConnectionContext connection) => Task.CompletedTask;

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw NotSupported();

    private static NotSupportedException NotSupported() =>
        new("Frames are sent only through channels; notify the grain of the channel or of the user.");

    /// <summary>
    /// Subscribes a new connection to a channel that every connection follows. When the cluster is unavailable the connection is closed,
    /// so that its client reconnects, because it would otherwise miss frames without notice.
    /// </summary>
    private async Task SubscribeAsync(HubConnection connection, ChannelName channel, CancellationToken cancellationToken)
    {
        try
        {
            var result = await connection.Subscriptions.SubscribeAsync(new SubscribeRequest(channel), cancellationToken);
            if (result.Error is null)
                return;
            LogRefused(channel, result.Error);
            if (result.Error == ErrorCodeText.For(ErrorCode.Unavailable))
                connection.Live.Close(CloseCodes.Unreachable);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception exception)
        {
            // The fault is on this side, so reconnecting would not help, and the connection still serves the client's own subscriptions.
            LogFailed(exception, channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new hub connection could not subscribe to {Channel}: {Error}")]
    private partial void LogRefused(ChannelName channel, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A new hub connection could not subscribe to {Channel}.")]
    private partial void LogFailed(Exception exception, ChannelName channel);
}
