using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Realtime.Connections;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Presence;

/// <summary>
/// Closes the connections of a user at all gateways: directly at this gateway, and through the user's grain at the others.
/// </summary>
internal sealed partial class UserConnectionCloser(IGrainFactory grains, LiveConnections connections, ILogger<UserConnectionCloser> logger)
{
    /// <summary>
    /// Returns the number of connections. Throws when the user's grain is unreachable; the connections to this gateway are closed
    /// nevertheless.
    /// </summary>
    /// <param name="session">The subject of a session; null for all sessions.</param>
    public Task<int> CloseAsync(UserId userId, int code, string? session, CancellationToken cancellationToken)
    {
        connections.Close(userId, new CloseConnections(ChannelName.For(userId), [], session, code));
        return grains.GetGrain<IUserConnectionGrain>(userId.Value).CloseAsync(code, session, cancellationToken);
    }

    /// <summary>
    /// Closes the connections of sessions that have ended. A failure is logged and not thrown, because the sessions have ended in any
    /// case; a connection that is left open closes when its token expires.
    /// </summary>
    public async Task CloseEndedAsync(UserId userId, int code, string? session)
    {
        try
        {
            await CloseAsync(userId, code, session, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogCloseFailed(exception, userId, code);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connections of user {User} at other gateways could not be closed with code {Code}; each closes when its token expires.")]
    private partial void LogCloseFailed(Exception exception, UserId user, int code);
}
