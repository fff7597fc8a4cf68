using JubileeVerse.Realtime;

namespace JubileeVerse.Conversations;

/// <content>
/// Notifications to the owner's channel, for the conversation lists on the owner's devices. They are sent after the commit and are not
/// awaited, because that channel must not delay this conversation. They are sent in order, so that a list ends with the last change. A list
/// that missed a notification is correct again when it is reloaded.
/// </content>
internal sealed partial class ConversationGrain
{
    private Task _ownerNotified = Task.CompletedTask;

    private void NotifyOwner(ConversationHead before, ConversationHead after)
    {
        if (OwnerUpdates.IsVisibleChange(before, after))
            NotifyOwner(owner => owner.ConversationChangedAsync(after.Conversation, after.DeletedAt is not null, CancellationToken.None));
        if (OwnerUpdates.NewReadSeq(before, after) is { } seq)
            NotifyOwner(owner => owner.ReadMarkedAsync(Id, seq, CancellationToken.None));
    }

    private void NotifyOwner(Func<IUserConnectionGrain, Task> notify)
    {
        if (_state is { } state)
            _ownerNotified = NotifyAfterAsync(_ownerNotified, GrainFactory.GetGrain<IUserConnectionGrain>(state.Head.Owner.Value), notify);
    }

    /// <summary>Never throws, so the task need not be awaited.</summary>
    private async Task NotifyAfterAsync(Task previous, IUserConnectionGrain owner, Func<IUserConnectionGrain, Task> notify)
    {
        await previous;
        try
        {
            await notify(owner);
        }
        catch (Exception exception)
        {
            LogOwnerNotNotified(exception, Id);
        }
    }
}
