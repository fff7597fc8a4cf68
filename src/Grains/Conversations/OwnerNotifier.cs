using JubileeVerse.Realtime;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

/// <summary>
/// Notifies the owner's channel of changes, for the conversation lists on the owner's devices. Notifications are sent after the commit and
/// are not awaited, because that channel must not delay this conversation. They are sent in order, so that a list ends with the last
/// change. A list that missed a notification is correct again when it is reloaded.
/// </summary>
internal sealed partial class OwnerNotifier(IGrainFactory grains, ILogger logger)
{
    private Task _notified = Task.CompletedTask;

    public void Notify(ConversationHead before, ConversationHead after)
    {
        if (OwnerUpdates.IsVisibleChange(before, after))
            NotifyChanged(after);
        if (OwnerUpdates.NewReadSeq(before, after) is { } seq)
            Enqueue(after, owner => owner.ReadMarkedAsync(after.Conversation.Id, seq, CancellationToken.None));
    }

    public void NotifyChanged(ConversationHead head) => Enqueue(
        head, owner => owner.ConversationChangedAsync(head.Conversation, deleted: head.DeletedAt is not null, CancellationToken.None));

    private void Enqueue(ConversationHead head, Func<IUserConnectionGrain, Task> notify) => _notified = NotifyAfterAsync(
        _notified, head.Conversation.Id, grains.GetGrain<IUserConnectionGrain>(head.Owner.Value), notify);

    /// <summary>Never throws, so the task need not be awaited.</summary>
    private async Task NotifyAfterAsync(
        Task previous, ConversationId conversation, IUserConnectionGrain owner, Func<IUserConnectionGrain, Task> notify)
    {
        await previous;
        try
        {
            await notify(owner);
        }
        catch (Exception exception)
        {
            LogOwnerNotNotified(exception, conversation);
        }
    }

    // Information level, because the owner's other devices see the change when they reload their list.
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The owner of conversation {Conversation} could not be notified of its change; other devices show it after a reload.")]
    private partial void LogOwnerNotNotified(Exception exception, ConversationId conversation);
}
