using JubileeVerse.Accounts;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>Closes links of a person at all gateways: here at once, elsewhere over their grain.</summary>
internal sealed partial class UserLinkCloser(IGrainFactory grains, LiveConnections connections, ILogger<UserLinkCloser> logger)
{
    /// <summary>Says how many there were. Throws when the person's grain cannot be asked; those here are closed all the same.</summary>
    /// <param name="session">The subject of a session; null for all.</param>
    public Task<int> CloseAsync(UserId userId, int code, string? session, CancellationToken cancellationToken)
    {
        connections.Close(userId, new CloseLinks(ChannelName.Of(userId), [], session, code));
        return grains.GetGrain<IUserConnectionGrain>(userId.Value).CloseAsync(code, session, cancellationToken);
    }

    /// <summary>
    /// The same after sessions were ended, which stands whether or not links hear of it: what fails is logged. A link that is left ends with its token.
    /// </summary>
    public async Task CloseEndedAsync(UserId userId, int code, string? session)
    {
        try
        {
            await CloseAsync(userId, code, session, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogLeft(exception, userId, code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Links of user {User} at other gateways could not be told to close with {Code}.")]
    private partial void LogLeft(Exception exception, UserId user, int code);
}
