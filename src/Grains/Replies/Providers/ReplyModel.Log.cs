using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies.Providers;

internal sealed partial class ReplyModel
{
    // A warning, because the job may be retried; the queue logs an error after the last attempt.
    [LoggerMessage(LogLevel.Warning, "The call to provider {Provider} failed ({Kind}); {Remaining} providers are left to try.")]
    private partial void LogProviderFailed(Exception exception, string provider, string kind, int remaining);
}
