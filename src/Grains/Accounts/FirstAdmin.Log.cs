using Microsoft.Extensions.Logging;

namespace JubileeVerse.Accounts;

internal sealed partial class FirstAdmin
{
    [LoggerMessage(LogLevel.Information, "The first admin was made from the configuration")]
    private static partial void LogCreated(ILogger logger);

    // The one place where a password is logged: it is said once, and nobody could sign in otherwise. Warning, so that no filter hides it.
    [LoggerMessage(LogLevel.Warning, "The first admin was made: {Email} with the password {Password} (it is not shown again)")]
    private static partial void LogGenerated(ILogger logger, string email, string password);

    [LoggerMessage(LogLevel.Warning, "The configured admin's address belongs to an account that is no admin's; it was left as it is")]
    private static partial void LogNoAdmin(ILogger logger);
}
