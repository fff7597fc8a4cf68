using Microsoft.Extensions.Logging;

namespace JubileeVerse.Accounts;

internal sealed partial class FirstAdmin
{
    [LoggerMessage(LogLevel.Information, "The first admin was created from the configuration.")]
    private static partial void LogCreated(ILogger logger);

    // The only place that logs a password, because nobody could sign in otherwise. A warning, so that log filters do not hide it.
    [LoggerMessage(LogLevel.Warning, "The first admin was created: {Email} with the password {Password} (it is not shown again).")]
    private static partial void LogGenerated(ILogger logger, string email, string password);

    [LoggerMessage(
        LogLevel.Warning,
        "The e-mail address of the configured admin belongs to an account without the admin role; the account was not changed.")]
    private static partial void LogNotAdmin(ILogger logger);
}
