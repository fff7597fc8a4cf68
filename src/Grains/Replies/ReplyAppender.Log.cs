using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

internal sealed partial class ReplyAppender
{
    // Both are expected while a conversation moves between silos, and no text is lost.
    [LoggerMessage(
        LogLevel.Debug, "The conversation has {AcceptedLength} of {SentLength} sent code units; the text after them is sent again.")]
    private partial void LogTextMissing(int acceptedLength, int sentLength);

    [LoggerMessage(LogLevel.Debug, "Text from code unit {Offset} on could not be appended to the conversation; the append is retried.")]
    private partial void LogAppendFailed(Exception exception, int offset);
}
