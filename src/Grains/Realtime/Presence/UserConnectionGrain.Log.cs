using JubileeVerse.Accounts;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime.Presence;

internal sealed partial class UserConnectionGrain
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The channel of user {User} was written by another activation; its offset will be loaded again.")]
    private partial void LogStale(Exception exception, UserId user);

    // Debug level, because the frame is sent again with each attachment until the connections are closed.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Closing {Connections} connections of user {User} with code {Code}.")]
    private partial void LogClosed(UserId user, int connections, int code);
}
