using JubileeVerse.Accounts;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Realtime;

internal sealed partial class UserConnectionGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The channel of user {User} was written by another activation; its offset is loaded again.")]
    private partial void LogStale(Exception exception, UserId user);

    // Debug: said again with each attachment until the links have gone.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Links} links of user {User} are told to close with {Code}.")]
    private partial void LogClosed(UserId user, int links, int code);
}
