using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies.Providers;

internal sealed partial class ReplyModel
{
    // A warning: the job knows how to go on; an error is told when its attempts are gone.
    [LoggerMessage(LogLevel.Warning, "The provider {Provider} did not answer ({Kind}); {Left} more to ask.")]
    private partial void LogDidNotAnswer(Exception exception, string provider, string kind, int left);
}
