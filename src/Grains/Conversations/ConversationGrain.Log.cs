using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

internal sealed partial class ConversationGrain
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Conversation {Conversation} was written by another activation; its state will be loaded again.")]
    private partial void LogStale(Exception exception, ConversationId conversation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; a call of conversation {Conversation} failed.")]
    private partial void LogStoreUnavailable(Exception exception, ConversationId conversation);

    // Information level, because the jobs are stored and the queue finds them in its table: no action is needed.
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The queue did not respond to conversation {Conversation} about {Jobs} jobs in time; their position is unknown.")]
    private partial void LogQueueUnavailable(Exception exception, ConversationId conversation, int jobs);

    // Information level, because the owner's other devices see the change when they reload their list.
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The owner of conversation {Conversation} could not be notified of its change; other devices show it after a reload.")]
    private partial void LogOwnerNotNotified(Exception exception, ConversationId conversation);
}
