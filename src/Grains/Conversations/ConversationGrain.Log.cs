using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

internal sealed partial class ConversationGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Conversation {Conversation} was written by another activation; its state is loaded again.")]
    private partial void LogStale(Exception exception, ConversationId conversation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be reached for conversation {Conversation}.")]
    private partial void LogStoreOutOfReach(Exception exception, ConversationId conversation);

    // Information: the jobs are stored and will be swept, so nobody needs to act.
    [LoggerMessage(Level = LogLevel.Information, Message = "The queue did not answer conversation {Conversation} about {Jobs} jobs in time.")]
    private partial void LogOfferLost(Exception exception, ConversationId conversation, int jobs);

    // Information: the owner's other devices find it when they read their list again.
    [LoggerMessage(Level = LogLevel.Information, Message = "The owner of conversation {Conversation} was not told of its change.")]
    private partial void LogOwnerUntold(Exception exception, ConversationId conversation);
}
