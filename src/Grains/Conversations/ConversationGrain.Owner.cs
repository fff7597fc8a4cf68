using JubileeVerse.Realtime;

namespace JubileeVerse.Conversations;

/// <content>
/// What the owner's channel is told, for the lists of conversations on their devices: after the commit, and without waiting, as that channel
/// must not hold up this one. In order, so that a list ends with the last change; what is lost is found when a list is read again.
/// </content>
internal sealed partial class ConversationGrain
{
    private Task _ownerTold = Task.CompletedTask;

    private void TellOwner(ConversationHead before, ConversationHead after)
    {
        if (OwnerNews.Changed(before, after))
            TellOwner(owner => owner.ConversationChangedAsync(after.Conversation, after.DeletedAt is not null, CancellationToken.None));
        if (OwnerNews.Read(before, after) is { } seq)
            TellOwner(owner => owner.ReadAsync(Id, seq, CancellationToken.None));
    }

    private void TellOwner(Func<IUserConnectionGrain, Task> tell)
    {
        if (_state is { } state)
            _ownerTold = TellAfterAsync(_ownerTold, GrainFactory.GetGrain<IUserConnectionGrain>(state.Head.Owner.Value), tell);
    }

    /// <summary>Never fails, so it may be left alone.</summary>
    private async Task TellAfterAsync(Task told, IUserConnectionGrain owner, Func<IUserConnectionGrain, Task> tell)
    {
        await told;
        try
        {
            await tell(owner);
        }
        catch (Exception exception)
        {
            LogOwnerUntold(exception, Id);
        }
    }
}
