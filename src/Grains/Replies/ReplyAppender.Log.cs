using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

internal sealed partial class ReplyAppender
{
    // Both are expected while a conversation moves between silos, and the answer loses nothing by it.
    [LoggerMessage(LogLevel.Debug, "The conversation holds {Held} of the {Sent} code units that it was sent; sending again from there.")]
    private partial void LogHoldsLess(int held, int sent);

    [LoggerMessage(LogLevel.Debug, "Text from code unit {Held} on could not be brought to the conversation; trying again.")]
    private partial void LogAppendFailed(Exception exception, int held);
}
