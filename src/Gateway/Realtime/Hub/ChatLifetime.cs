using JubileeVerse.Errors;
using JubileeVerse.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace JubileeVerse.Gateway.Realtime.Hub;

/// <summary>
/// Begins links with SignalR's connections. Frames come by links alone: a group is a channel here, and its position would be lost on
/// any other way, so those of SignalR are closed.
/// </summary>
internal sealed partial class ChatLifetime(HubLinks links, UserPresenceFeed presence, ILogger<ChatLifetime> logger) : HubLifetimeManager<ChatHub>
{
    /// <summary>Commands of the client are read when this has completed.</summary>
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        var link = links.Open(connection);
        await link.SendAsync(links.Greeting(link));
        link.Begin();
        // The feed says it until it is known: the link need not wait for that.
        _ = presence.HoldAsync(link.Connection);
        await HoldAsync(link, ChannelName.Of(link.Connection.UserId), connection.ConnectionAborted);
        await HoldAsync(link, ChannelName.Announcements, connection.ConnectionAborted);
    }

    /// <summary>The link ends a little later, with its socket: see <see cref="HubLinks.Open"/>.</summary>
    public override Task OnDisconnectedAsync(HubConnectionContext connection) => Task.CompletedTask;

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        throw Closed();

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Closed();

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Closed();

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Closed();

    private static NotSupportedException Closed() => new("Frames go by channels: notify the channel's or the person's grain.");

    /// <summary>
    /// What every link hears without asking. Without it the link would miss things in silence: where the cluster is away, its client comes again.
    /// </summary>
    private async Task HoldAsync(HubLink link, ChannelName channel, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await link.Subscriptions.SubscribeAsync(new SubscribeRequest(channel), cancellationToken);
            if (answer.Error is null)
                return;
            LogNotHeld(channel, answer.Error);
            if (answer.Error == ErrorCodeText.Of(ErrorCode.Unavailable))
                link.Connection.Close(CloseCodes.Lost);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its client has left.
        }
        catch (Exception exception)
        {
            // A fault of ours: coming again would not help, and the link is good for what its client asks for.
            LogFailed(exception, channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A new link cannot hear {Channel}: {Error}")]
    private partial void LogNotHeld(ChannelName channel, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A new link cannot hear {Channel}.")]
    private partial void LogFailed(Exception exception, ChannelName channel);
}
